"""Functions that know AsyncAPI documents."""
