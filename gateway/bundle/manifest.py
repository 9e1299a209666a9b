"""The manifest of a bundle, as `specs/bundle.schema.json` describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs
import orjson

from gateway.malformed import Malformed


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that follows the schema. Entries are kept as they came; the schema says what they hold."""

    id: str
    environment: str
    serial: int
    contracts: tuple[Mapping[str, Any], ...]
    consumers: tuple[Mapping[str, Any], ...]
    plans: Mapping[str, Mapping[str, Any]]
    pinned: tuple[Mapping[str, Any], ...] = ()

    @property
    def digests(self) -> frozenset[str]:
        """Of all contents that the bundle needs."""
        return frozenset(
            digest for entry in (*self.contracts, *self.pinned) for digest in entry["files"].values()
        )


@cache
def _validator() -> jsonschema_rs.Validator:
    schema = orjson.loads((files("specs") / "bundle.schema.json").read_bytes())
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, mask="value", offline=True)


def parse_manifest(raw: bytes) -> Manifest:
    """The manifest that a JSON text holds. Raises `Malformed` where it does not follow the schema."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise Malformed("the bundle's manifest is not JSON", "bundle") from None
    error = next(_validator().iter_errors(value), None)
    if error is not None:
        place = "/" + "/".join(map(str, error.instance_path))
        raise Malformed(
            f"the bundle's manifest does not follow its schema at {place}: {error.message[:200]}", "bundle"
        )
    pinned = value.get("pinned", [])
    for entry in (*value["contracts"], *pinned):
        if entry["root"] not in entry["files"]:
            raise Malformed(f"{entry['contract']} has no file {entry['root']!r}, its root", "bundle")
    return Manifest(
        value["id"],
        value["environment"],
        value["serial"],
        tuple(value["contracts"]),
        tuple(value["consumers"]),
        value["plans"],
        tuple(pinned),
    )
