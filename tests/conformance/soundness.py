"""The proof of containment, held against validators: `python -m tests.conformance.soundness [--instances N]`.

Schemas of real contracts are changed in random places. Where the proof says that one version contains the other,
many values of the contained one are made and shown to the containing one; where it says that it does not, its
witness is shown to both, to a validator that is not the prover. One counterexample is a defect of the proof.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import jsonschema_rs

from contracts.model import HttpApi, Schema, build
from contracts.schemas import Direction, Discriminators, Translator
from lading.files import read_set
from linters.diff.proof import Definitions, JsonSchema, Names, Outcome, Prover
from linters.diff.proof.definitions import bare
from linters.diff.proof.instances import Instances
from linters.diff.proof.witness import confirms

CONTRACTS = (
    "dcsa/*.yaml",
    "wms/*.yaml",
    "ups/ups-tracking*.yaml",
    "ups/ups-track-alert*.yaml",
    "xero/xero-finance@2026*.yaml",
)
LARGEST = 60
"""Schemas with more definitions than this are left: what is tried here is the proof, not its patience."""
PER_PAIR = 200

Whole = dict[str, Any]
"""A schema with its definitions under `$defs`."""


@dataclass
class Tally:
    """What was seen. `broken` holds the counterexamples."""

    outcomes: Counter[str] = field(default_factory=Counter)
    instances: int = 0
    witnesses: int = 0
    broken: list[str] = field(default_factory=list)


def schemas(corpus: Path) -> list[Whole]:
    """Body schemas of real contracts, each once."""
    found: dict[bytes, Whole] = {}
    for pattern in CONTRACTS:
        for path in sorted((corpus / "openapi").glob(pattern)):
            api = build(read_set(path, tolerant=True))
            if isinstance(api, HttpApi):
                for whole in _bodies(api):
                    found.setdefault(Definitions().digest(whole), whole)
    return list(found.values())


def described(api: HttpApi) -> Iterator[tuple[Direction, str, Schema]]:
    """The schemas of all bodies of a contract: which way they go, their media type, and the schema."""
    for operation in api.operations:
        held = [
            (Direction.REQUEST, one) for one in (operation.body.content.values() if operation.body else ())
        ]
        for response in operation.responses.values():
            held += [(Direction.RESPONSE, one) for one in response.content.values()]
        for direction, media in held:
            if media.schema is not None:
                yield direction, media.name, media.schema


def _bodies(api: HttpApi) -> Iterator[Whole]:
    translator = Translator(api.documents, discriminators=Discriminators.IGNORED)
    for direction, _, schema in described(api):
        shared = translator.shared(schema, direction)
        root = bare(shared.schema)
        if isinstance(root, dict) and len(shared.names) <= LARGEST and not shared.unmodelled:
            yield {**root, "$defs": {name: bare(shared.table[name]) for name in shared.names}}


def run(wholes: list[Whole], instances: int, seed: int, most_pairs: int = 100_000) -> Tally:
    """Tries random changes until so many values were shown. The same seed gives the same run."""
    chance, tally = random.Random(seed), Tally()
    for _ in range(most_pairs):
        if tally.instances >= instances:
            break
        whole = chance.choice(wholes)
        other = changed(whole, chance)
        for inner, outer in ((whole, other), (other, whole)):
            _judge(inner, outer, chance, tally)
    return tally


def _judge(inner: Whole, outer: Whole, chance: random.Random, tally: Tally) -> None:
    prover = Prover(Definitions(inner["$defs"]), Definitions(outer["$defs"]), Names.ANY, formats=False)
    roots = tuple({key: value for key, value in one.items() if key != "$defs"} for one in (inner, outer))
    proof = prover.prove(*roots)
    tally.outcomes[proof.outcome.value] += 1
    if proof.outcome is Outcome.NO:
        tally.witnesses += 1
        if not confirms(inner, outer, proof.witness, formats_too=False):
            tally.broken.append(f"the witness {proof.witness!r} is none, between {inner} and {outer}")
        return
    if proof.outcome is not Outcome.YES:
        return
    takes, contains = (
        jsonschema_rs.Draft202012Validator(one, validate_formats=False).is_valid for one in (inner, outer)
    )
    for value in islice(_values(prover, roots, chance), PER_PAIR):
        if takes(value):
            tally.instances += 1
            if not contains(value):
                tally.broken.append(f"{value!r} is in {inner} and not in {outer}")
                return


def _values(prover: Prover, roots: tuple[JsonSchema, ...], chance: random.Random) -> Iterator[Any]:
    for value in Instances(prover.pair).variations((roots[0],), (roots[1],)):
        yield value
        yield _disturbed(copy.deepcopy(value), chance)


# -- random changes ---------------------------------------------------------------------------------------

_STRANGE = [None, True, 0, -1, 1.5, "", "zz", [], [0], {}, {"zz": 0}]


def _disturbed(value: Any, chance: random.Random) -> Any:
    """The value with something strange in one place."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        name = chance.choice(sorted(value))
        value[name] = _disturbed(value[name], chance)
    elif isinstance(value, dict):
        value[f"zz{chance.randrange(3)}"] = chance.choice(_STRANGE)
    elif isinstance(value, list) and value and chance.random() < 0.8:
        index = chance.randrange(len(value))
        value[index] = _disturbed(value[index], chance)
    elif isinstance(value, str) and chance.random() < 0.7:
        return value + chance.choice(["", "a", "\n", "0", "Z" * 40])
    else:
        return chance.choice(_STRANGE)
    return value


def changed(whole: Whole, chance: random.Random) -> Whole:
    """The schema with one or two changes somewhere in it or in its definitions."""
    other: Whole = copy.deepcopy(whole)
    for _ in range(chance.choice((1, 1, 2))):
        chance.choice(_CHANGES)(chance.choice(list(_objects(other))), chance)
    return other


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema object, definitions included."""
    if not isinstance(schema, dict):
        return
    yield schema
    for key in ("properties", "patternProperties", "$defs"):
        for child in schema.get(key, {}).values():
            yield from _objects(child)
    for key in ("allOf", "anyOf", "oneOf", "prefixItems"):
        for child in schema.get(key, ()):
            yield from _objects(child)
    for key in ("items", "additionalProperties", "not", "if", "then", "else", "contains"):
        yield from _objects(schema.get(key))


def _type(schema: dict[str, Any], chance: random.Random) -> None:
    schema["type"] = chance.choice(
        ["string", "integer", "number", "object", "array", "boolean", ["string", "null"]]
    )


def _bound(schema: dict[str, Any], chance: random.Random) -> None:
    keyword = chance.choice(
        [
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
        ]
    )
    held = schema.get(keyword)
    schema[keyword] = (
        max(0, held + chance.choice((-1, 1, 5))) if isinstance(held, int) else chance.choice((0, 1, 3, 20))
    )


def _drop(schema: dict[str, Any], chance: random.Random) -> None:
    keywords = [key for key in schema if key not in ("$defs", "$ref")]
    if keywords:
        del schema[chance.choice(keywords)]


def _required(schema: dict[str, Any], chance: random.Random) -> None:
    names = sorted({*schema.get("properties", {}), "zz0"})
    held = set(schema.get("required", ()))
    schema["required"] = sorted(held ^ {chance.choice(names)})


def _property(schema: dict[str, Any], chance: random.Random) -> None:
    properties = schema.setdefault("properties", {})
    if properties and chance.random() < 0.5:
        del properties[chance.choice(sorted(properties))]
    else:
        properties[f"zz{chance.randrange(3)}"] = chance.choice(
            [{}, {"type": "string"}, {"type": "integer"}, False]
        )


def _additional(schema: dict[str, Any], chance: random.Random) -> None:
    schema["additionalProperties"] = chance.choice([True, False, {"type": "string"}])


def _values_listed(schema: dict[str, Any], chance: random.Random) -> None:
    held = schema.get("enum")
    if isinstance(held, list) and len(held) > 1:
        schema["enum"] = held[:-1] if chance.random() < 0.5 else [*held, "ZZ"]
    else:
        schema["enum"] = ["A", "B", 1]


def _pattern(schema: dict[str, Any], chance: random.Random) -> None:
    schema["pattern"] = chance.choice(
        ["^[A-Z]{2,5}$", "^[A-Z0-9]+$", "a", "^.{1,20}$", r"^\d+$", "^(?=a)", ""]
    )


def _compose(schema: dict[str, Any], chance: random.Random) -> None:
    rest = {key: schema.pop(key) for key in list(schema) if key != "$defs"}
    keyword = chance.choice(["allOf", "anyOf", "oneOf"])
    schema[keyword] = [
        rest,
        *chance.choice([[], [{"type": "null"}], [{"maxLength": 3}], [{"type": "object"}]]),
    ]


def _negate(schema: dict[str, Any], chance: random.Random) -> None:
    schema["not"] = chance.choice(
        [{"type": "null"}, {"const": "A"}, {"required": ["zz0"]}, {"pattern": "^A"}]
    )


_CHANGES: tuple[Callable[[dict[str, Any], random.Random], None], ...] = (
    _type, _bound, _bound, _drop, _drop, _required, _property, _additional, _values_listed, _pattern, _compose, _negate,
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """0: no counterexample; 1: the proof is wrong somewhere; 2: there are no contracts to try."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.soundness", description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, default=Path(__file__).resolve().parents[3] / "shared" / "corpus"
    )
    parser.add_argument("--instances", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    wholes = schemas(options.corpus) if options.corpus.is_dir() else []
    if not wholes:
        print(f"no contracts in {options.corpus}", file=sys.stderr)
        return 2
    tally = run(wholes, options.instances, options.seed)
    told = ", ".join(f"{count} {name}" for name, count in tally.outcomes.most_common())
    print(
        f"{len(wholes)} schemas, proofs: {told}; {tally.instances:,} values shown, {tally.witnesses:,} witnesses"
    )
    for one in tally.broken[:20]:
        print(f"  {one[:2000]}")
    return 1 if tally.broken else 0


if __name__ == "__main__":
    sys.exit(main())
