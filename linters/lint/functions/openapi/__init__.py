"""Functions that know OpenAPI documents."""
