"""Protocol bindings: each field by what it means to the other side (`bindings.yaml`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from contracts.document import parse
from contracts.elements.common import NOWHERE
from contracts.model import Origin, Schema
from linters.diff.transitions import Places, SchemaPair, Slot, Transition, Walk
from linters.diff.variance import Flow

MEANINGS = frozenset(("address", "delivery", "schema", "setup", "own"))


@dataclass(frozen=True, slots=True)
class Carried:
    """How what a binding describes travels: `side` begins the ids of its schemas."""

    side: str
    flow: Flow
    address: str | None = None
    """The address of the channel, which is Kafka's topic where none is stated."""


def walk(
    kind: str,
    operation: str | None,
    places: Places,
    base: Mapping[str, Any],
    revision: Mapping[str, Any],
    carried: Carried,
) -> Walk:
    """Transitions of the bindings of a server, channel, operation or message (`kind`), protocol by protocol."""
    for protocol in sorted(set(base) | set(revision)):
        old, new = (_stated(kind, protocol, side.get(protocol), carried) for side in (base, revision))
        table = meanings()[kind].get(protocol, {})
        for setting, meaning in _settings(table, old, new):
            pair = _at(old, setting), _at(new, setting)
            if pair[0] == pair[1]:
                continue
            shown = f"{protocol}.{'.'.join(setting)}"
            if setting[-1].startswith("x-"):
                data = {"name": shown, "before": pair[0], "after": pair[1]}
                action = "added" if pair[0] is None else "removed" if pair[1] is None else "changed"
                yield Transition(
                    "extension", action, operation, *places, f"the bindings of the {kind}", data=data
                )
                continue
            if meaning == "schema" and all(one is None or isinstance(one, dict | bool) for one in pair):
                yield _schemas(shown, operation, places, pair, carried)
                continue
            action = "stated" if pair[0] is None and meaning != "unknown" else f"{meaning}-changed"
            data = {"name": kind, "value": shown, "before": pair[0], "after": pair[1]}
            yield Transition("bindings", action, operation, *places, path=f"bindings {protocol}", data=data)


@cache
def meanings() -> Mapping[str, Mapping[str, Any]]:
    """What each field means, by kind of element and protocol."""
    name = "bindings.yaml"
    value: Mapping[str, Mapping[str, Any]] = parse((files(__package__) / name).read_bytes(), name).value
    return value


def _stated(kind: str, protocol: str, binding: Any, carried: Carried) -> Mapping[str, Any]:
    written = dict(binding) if isinstance(binding, Mapping) else {}
    if kind == "channel" and protocol == "kafka" and carried.address is not None:
        written.setdefault("topic", carried.address)
    return written


def _settings(
    table: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every field that either side states, and what it means."""
    for name in dict.fromkeys((*old, *new)):
        if name == "bindingVersion":
            continue
        meaning = table.get(name, "unknown")
        inner = old.get(name), new.get(name)
        if isinstance(meaning, Mapping) and all(one is None or isinstance(one, Mapping) for one in inner):
            yield from _settings(meaning, inner[0] or {}, inner[1] or {}, (*above, name))
        else:
            yield (*above, name), meaning if isinstance(meaning, str) else "unknown"


def _at(binding: Mapping[str, Any], setting: tuple[str, ...]) -> Any:
    value: Any = binding
    for step in setting:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _schemas(
    shown: str, operation: str | None, places: Places, pair: tuple[Any, Any], carried: Carried
) -> SchemaPair:
    root = f"{carried.side}-binding"
    slot = Slot(
        carried.side, root, f"{root}-property", carried.flow, None, operation,
        f"the binding {shown}", f"bindings {shown}",
    )  # fmt: skip
    origins = [_below(place or NOWHERE, shown) for place in places]
    schemas = [
        None if one is None else Schema(one, at, "asyncapi") for one, at in zip(pair, origins, strict=True)
    ]
    return SchemaPair(slot, schemas[0], schemas[1], origins[0], origins[1])


def _below(place: Origin, shown: str) -> Origin:
    return Origin(place.source, (*place.path, "bindings", *shown.split(".")))
