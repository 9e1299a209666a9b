"""Whether a document is what its specification calls valid.

OpenAPI: the published schemas and the rules of openapi-spec-validator. AsyncAPI: our own tables of the
specification. Arazzo and bare JSON Schema are not checked, and the result says so.
"""

from .checking import LIMIT, Validity, check, examine

__all__ = ["LIMIT", "Validity", "check", "examine"]
