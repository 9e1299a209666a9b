"""Whether a document is what its specification calls valid.

OpenAPI: the published schemas and the rules of openapi-spec-validator. AsyncAPI and Arazzo: our own tables of the
specifications. Bare JSON Schema is not checked, and the result says so.
"""

from .checking import LIMIT, Validity, check, examine

__all__ = ["LIMIT", "Validity", "check", "examine"]
