"""The examples that an OpenAPI contract shows, each with the schema that it has to fit."""

from .collecting import shown
from .judging import Judge
from .shown import Shown

__all__ = ["Judge", "Shown", "shown"]
