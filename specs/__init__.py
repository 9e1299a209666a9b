"""The contracts that Lading ships, as package data: its own, and those of the demo."""

from .shipped import names, path

__all__ = ["names", "path"]
