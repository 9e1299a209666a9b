"""What several functions for OpenAPI documents know together."""
