"""Schemas of every dialect, translated to JSON Schema 2020-12."""

from .direction import Direction
from .discriminator import Discriminators
from .places import Spot, Use, declared, spot_of, text_of, used
from .translator import Shared, Translated, Translator

__all__ = [
    "Direction",
    "Discriminators",
    "Shared",
    "Spot",
    "Translated",
    "Translator",
    "Use",
    "declared",
    "spot_of",
    "text_of",
    "used",
]
