"""Schemas of every dialect, translated to JSON Schema 2020-12."""

from .direction import Direction
from .discriminator import Discriminators
from .translator import Shared, Translated, Translator

__all__ = ["Direction", "Discriminators", "Shared", "Translated", "Translator"]
