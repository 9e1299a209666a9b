"""Schemas of every dialect, translated to JSON Schema 2020-12."""

from .direction import Direction
from .translator import Shared, Translated, Translator

__all__ = ["Direction", "Shared", "Translated", "Translator"]
