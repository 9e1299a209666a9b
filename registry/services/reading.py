"""The model of a stored version."""

from __future__ import annotations

from contracts import model
from contracts.model import EventApi, HttpApi
from contracts.references import from_files

from . import versions
from .unit import Context


def model_of(context: Context, contract: str, number: str) -> HttpApi | EventApi:
    """Built anew; whoever shows pages keeps what it has read. Raises `NotFound`."""
    stored = versions.get(context, contract, number)
    return model.build(from_files(versions.files(context, stored), stored.root))
