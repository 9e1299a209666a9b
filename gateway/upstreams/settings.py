"""What is said about upstreams, for all contracts, for one, and for one operation: from mappings to policies.

The mappings follow `specs/upstream.schema.json`. What is said of the narrower counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

import jsonschema_rs
import orjson

from .policy import NO_RETRIES, PLAIN, USUAL, Breaking, Checks, Course, Ejection, KeyUse, Policy, Retries

Said: TypeAlias = Mapping[str, Any]
SCHEMA: dict[str, Any] = orjson.loads((files("specs") / "upstream.schema.json").read_bytes())
_NOTHING: Said = MappingProxyType({})
_NUMBERS = ("connect_timeout", "connections", "waiting", "patience", "idle", "in_flight")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_IDEMPOTENT = frozenset({"PUT", "DELETE"})
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class Settings:
    """`contracts` are by name, or by name and major version (`erp/orders@2`)."""

    general: Said = field(default_factory=lambda: _NOTHING)
    contracts: Mapping[str, Said] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, name: str, major: int, stated: Said = _NOTHING) -> Said:
        """All that holds for one contract; `stated` is what its deployment says."""
        return merged(
            self.general,
            stated,
            self.contracts.get(name, _NOTHING),
            self.contracts.get(f"{name}@{major}", _NOTHING),
        )

    def strangers(self, known: Mapping[str, Iterable[str]]) -> list[str]:
        """What is said about operations that the contracts in force do not have. `known` are operations by
        `name@major`; a contract that is not in force may come."""
        found = []
        for name, said in self.contracts.items():
            served = [set(keys) for line, keys in known.items() if name in (line, line.rpartition("@")[0])]
            if served:
                there = set().union(*served)
                found += [f"{name}: {key}" for key in said.get("operations", {}) if key not in there]
        return found


NOTHING_SAID = Settings()


def misunderstood(said: Said) -> str:
    """What of a deployment's settings is not understood here, as a sentence; empty where all is."""
    error = next(_validator().iter_errors(said), None)
    if error is None:
        return ""
    return f"{'.'.join(map(str, error.instance_path)) or 'the whole'}: {error.message[:200]}"


@cache
def _validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator(SCHEMA, mask="value", offline=True)


def merged(*layers: Said) -> Said:
    """Later ones count; what is a mapping in both is merged."""
    found: dict[str, Any] = {}
    for layer in layers:
        for name, value in layer.items():
            known = found.get(name)
            if isinstance(known, Mapping) and isinstance(value, Mapping):
                found[name] = merged(known, value)
            else:
                found[name] = value
    return found


def policy_of(said: Said) -> Policy:
    """The policy of a contract's upstreams. Equal settings make equal policies."""
    if not said:
        return PLAIN
    numbers = {name: said[name] for name in _NUMBERS if name in said}
    retries = said.get("retries")
    return Policy(
        **numbers,
        ejection=_part(Ejection, said.get("ejection", True)),
        checks=_part(Checks, said.get("health")),
        breaking=_part(Breaking, said.get("breaker")),
        retries=NO_RETRIES if retries is False else _retries(retries),
    )


def course_of(said: Said, key: str) -> Course:
    """What holds for one operation; `USUAL` itself where nothing is said."""
    own = merged(
        {name: said[name] for name in ("timeout", "idempotency") if name in said},
        said.get("operations", _NOTHING).get(key, _NOTHING),
    )
    if not own:
        return USUAL
    course = Course(own.get("timeout"), own.get("retries"), _keys(own.get("idempotency", "off"), key, said))
    return USUAL if course == USUAL else course


def _keys(use: KeyUse, key: str, said: Said) -> KeyUse:
    """What is said for a whole contract is about methods that need keys; the others have no use for them."""
    method = key.partition(" ")[0]
    if method in _SAFE:
        return "off"
    own = said.get("operations", _NOTHING).get(key, _NOTHING)
    if use == "require" and method in _IDEMPOTENT and "idempotency" not in own:
        return "accept"
    return use


def _part(kind: type[_Part], value: Any) -> _Part | None:
    if value is None or value is False:
        return None
    return kind(**(value if isinstance(value, Mapping) else {}))


def _retries(value: Any) -> Retries | None:
    if value is None:
        return None
    held = dict(value) if isinstance(value, Mapping) else {}
    if "statuses" in held:
        held["statuses"] = frozenset(held["statuses"])
    return Retries(**held)
