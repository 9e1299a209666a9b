"""The registry over HTTP, as `specs/lading.openapi.yaml` describes it."""

from .app import create_app

__all__ = ["create_app"]
