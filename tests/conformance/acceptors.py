"""Compiled schemas of real contracts, held against the validator: `python -m tests.conformance.acceptors [--contracts GLOB …]`.

Values of each body's schema are made, written in three ways, and the texts are disturbed. What a compiled schema knows, the
parser and the validator have to accept; one that they refuse is a defect.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from contracts.model import HttpApi, build
from contracts.schemas import Discriminators, Translator
from gateway.acceptors.emission import emit
from gateway.acceptors.machine import Machine
from gateway.acceptors.patterns import Inexpressible
from gateway.acceptors.planning import plan
from gateway.bodies.jsons import parse_json
from gateway.checks.check import Check, Checks
from gateway.malformed import Malformed
from gateway.rules import DEFAULT_RULES
from lading.files import read_set
from linters.diff.proof import Definitions, Names, Prover
from linters.diff.proof.containment import GaveUp
from linters.diff.proof.instances import Instances, NoInstance

from .soundness import described

CONTRACTS = (
    "dcsa/*.yaml", "wms/*.yaml", "ups/*.yaml", "xero/*@2026*.yaml", "opentripmodel/*", "iata/*2024*", "shipengine/*", "gs1/*",
    "square/*2025*", "amazon-spapi/*", "general/*",
)  # fmt: skip
_BYTES = b'{}[]",:0123456789.-eE\\ntfu \n\x00\x1f\xc3\xa9\x80aZ'
_TOKENS = (
    b"null",
    b"true",
    b"1e3",
    b"-0",
    b"1.0",
    b'""',
    b'"\\u0041"',
    b"{}",
    b"[]",
    b"99999999999999999999",
    b'"a":1,',
)


@dataclass
class Tally:
    """What was seen. `broken` holds texts that were known and are not valid."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        held = self.counts
        known = f"{held['known']} of {held['valid']} valid texts are known ({held['known'] / max(held['valid'], 1):.1%})"
        return (
            f"{held['schemas']} schemas, {held['compiled']} compiled; {known}; "
            f"{held['disturbed']} disturbed texts, {held['disturbed and known']} of them known; {len(self.broken)} wrongly"
        )


def checks_of(path: Path) -> Iterator[Check]:
    """The checks of all JSON bodies of a contract, each once."""
    api = build(read_set(path, tolerant=True))
    if not isinstance(api, HttpApi):
        return
    translator = Translator(api.documents, discriminators=Discriminators.SELECTING, xml_hints=True)
    made = Checks(translator, DEFAULT_RULES)
    seen: set[int] = set()
    for direction, media, schema in described(api):
        if "json" in media:
            check = made.make(schema, direction)
            if id(check) not in seen:
                seen.add(id(check))
                yield check


def judge(check: Check, tally: Tally, chance: random.Random, values: int) -> None:
    """Tries one schema."""
    tally.counts["schemas"] += 1
    schema = check.whole
    try:
        machine = Machine(emit(plan(schema, formats=True, known_properties=False)))
    except Inexpressible:
        return
    tally.counts["compiled"] += 1
    for value in _values(schema, values):
        for written in (
            orjson.dumps(value),
            json.dumps(value).encode(),
            json.dumps(value, indent=1, ensure_ascii=False).encode(),
        ):
            if _is_valid(check, written):
                tally.counts["valid"] += 1
                tally.counts["known"] += bool(machine.judge(written))
            for text in (written, *(_disturbed(written, chance) for _ in range(6))):
                tally.counts["disturbed"] += text is not written
                if machine.judge(text):
                    tally.counts["disturbed and known"] += text is not written
                    if not _is_valid(check, text):
                        tally.broken.append(f"{check.origin}: {text[:500]!r}")


def _values(schema: Any, most: int) -> Iterator[Any]:
    definitions = schema.get("$defs", {}) if isinstance(schema, dict) else {}
    root = (
        {key: held for key, held in schema.items() if key != "$defs"} if isinstance(schema, dict) else schema
    )
    prover = Prover(Definitions(definitions), Definitions(definitions), Names.ANY, formats=True)
    try:
        yield from islice(Instances(prover.pair).variations((root,), (root,)), most)
    except (NoInstance, GaveUp, RecursionError):
        return


def _is_valid(check: Check, text: bytes) -> bool:
    try:
        return check.accepts(parse_json(text))
    except Malformed:
        return False


def _disturbed(text: bytes, chance: random.Random) -> bytes:
    held = bytearray(text)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(held) + 1)
        end = min(len(held), place + chance.randrange(1, 20))
        match chance.randrange(5):
            case 0:
                held[place : place + 1] = bytes([chance.choice(_BYTES)])
            case 1:
                held[place:place] = bytes([chance.choice(_BYTES)])
            case 2:
                del held[place:end]
            case 3:
                held[place:place] = held[place:end]
            case _:
                held[place:end] = chance.choice(_TOKENS)
    return bytes(held)


def run(corpus: Path, contracts: tuple[str, ...], *, schemas: int, values: int, seed: int = 1) -> Tally:
    """Tries the first schemas of each contract."""
    tally, chance = Tally(), random.Random(seed)
    for pattern in contracts:
        for path in sorted((corpus / "openapi").glob(pattern)):
            if ".INVALID." not in path.name:
                for check in islice(checks_of(path), schemas):
                    judge(check, tally, chance, values)
    return tally


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.acceptors")
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--contracts", nargs="*", default=CONTRACTS)
    parser.add_argument("--schemas", type=int, default=100, help="of each contract")
    parser.add_argument("--values", type=int, default=30, help="of each schema")
    told = parser.parse_args(arguments)
    tally = run(told.corpus, tuple(told.contracts), schemas=told.schemas, values=told.values)
    if not tally.counts["schemas"]:
        print(f"no contracts in {told.corpus}", file=sys.stderr)
        return 2
    print(tally)
    for text in tally.broken[:20]:
        print(" ", text)
    return 1 if tally.broken else 0


if __name__ == "__main__":
    sys.exit(main())
