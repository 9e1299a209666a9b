"""What the walks state: something happened to an element. Nothing here says whether that is bad."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from contracts.model import Origin, Schema
from contracts.schemas import Direction

from .variance import Flow

Places = tuple[Origin | None, Origin | None]
"""Where something is written in the base and in the revision."""


class Wire(Enum):
    """How values travel, as far as it decides which of them can be told apart."""

    JSON = "json"
    TEXT = "text"
    """Scalars are bare text: `5` is a number and a string alike."""
    FORM = "form"
    """Bare text, and a list is its name repeated: one value and a list of one are alike."""


@dataclass(frozen=True, slots=True)
class Transition:
    """A transition of an element that is no schema.

    `side` is `request`, `response`, `send` or `receive`, empty where data does not travel. `what` names the
    element as a sentence's subject, `path` as an address.
    """

    element: str
    action: str
    operation: str | None
    base: Origin | None
    revision: Origin | None
    what: str = ""
    path: str = ""
    side: str = ""
    place: str = ""
    flow: Flow = Flow.IN
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where a schema describes data that travels.

    `root` and `nested` begin the ids of changes at the schema itself and below it (`request-body`,
    `request-property`). `direction` applies readOnly and writeOnly; None where they mean nothing.
    """

    side: str
    root: str
    nested: str
    flow: Flow
    direction: Direction | None
    operation: str | None
    what: str
    path: str
    stability: str = "stable"
    """The stability level of the operation, which decides how much notice an end needs."""
    location: str = ""
    """Of a parameter, where it is sent; empty for all other data."""
    wire: Wire = Wire.JSON
    """How values are written."""
    required: bool = False
    """Whether no call can leave the value out, on either side."""
    media_type: str = ""
    """Of a body, what it is written as; empty for all other data."""

    @property
    def is_xml(self) -> bool:
        kind = self.media_type.partition(";")[0].strip()
        return kind.endswith(("/xml", "+xml"))


@dataclass(frozen=True, slots=True)
class SchemaPair:
    """Two schemas of one slot; None where a side has none. `base_at` and `revision_at` say where it would be."""

    slot: Slot
    base: Schema | None
    revision: Schema | None
    base_at: Origin
    revision_at: Origin


Found = Transition | SchemaPair
Walk = Iterator[Found]
