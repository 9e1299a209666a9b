"""Functions that know Arazzo documents."""
