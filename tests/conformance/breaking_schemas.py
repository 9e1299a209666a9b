"""Pairs of JSON Schemas: is the one contained in the other?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from contracts.model import Origin, Schema
from contracts.references import from_files
from contracts.schemas import Translator
from linters.diff.proof import Definitions, JsonSchema, Names, Outcome, Proof, Prover
from linters.diff.proof.definitions import bare

from .results import CaseResult, judged, passed, skipped

Case = dict[str, Any]


def proved(inner: Any, outer: Any, dialect: Callable[[Any], str] | None = None) -> Proof:
    """Whether `outer` admits everything that `inner` admits; formats are annotations."""
    of = dialect or declared
    left, right = _side(inner, of(inner)), _side(outer, of(outer))
    if left[2] != right[2]:
        # What is not understood and the same on both sides says the same on both sides.
        return Proof(Outcome.UNKNOWN, reason="the schema holds what is not understood")
    return Prover(left[1], right[1], Names.ANY, False).prove(left[0], right[0])


def declared(schema: Any) -> str:
    """The dialect that `$schema` names, draft 7 otherwise."""
    named = schema.get("$schema", "") if isinstance(schema, dict) else ""
    return "json-schema-draft-04" if "draft-04" in named else "json-schema-draft-07"


def _side(schema: Any, dialect: str) -> tuple[JsonSchema, Definitions, list[str]]:
    # A boolean is no document: it is put into one.
    written = {"not": {}} if schema is False else {} if schema is True else schema
    documents = from_files({"schema.json": json.dumps(written).encode()}, "schema.json")
    shared = Translator(documents).shared(Schema(documents.root.value, Origin("schema.json", ()), dialect))
    unclear = [one for one in shared.unmodelled if not _is_annotation(one)]
    return bare(shared.schema), Definitions({name: shared.table[name] for name in shared.names}), unclear


def _is_annotation(unmodelled: str) -> bool:
    """Keywords that no draft defines are ignored, as all three collections have it."""
    keyword = unmodelled.split(" (", 1)[0]
    return keyword.isidentifier() and keyword not in ("type", "const", "contains", "propertyNames")


def ibm(folder: Path) -> Iterator[CaseResult]:
    """jsonsubschema's own relations, both ways."""
    for case in _cases(folder):
        name = f"ibm-jsonsubschema/{case['id']}"
        for pair, key in ((("s1", "s2"), "s1_sub_s2"), (("s2", "s1"), "s2_sub_s1")):
            if case.get(key) is None:
                continue
            if case[key] == "error":
                yield _answers("ibm-jsonsubschema", f"{name}:{key}", case, pair)
            else:
                yield judged(
                    "ibm-jsonsubschema", f"{name}:{key}", lambda c=case, p=pair, k=key: _ibm(c, p, k)
                )


def _ibm(case: Case, pair: tuple[str, str], key: str) -> str | None:
    sides = [_with_const(case[one]) for one in pair]
    return _told(proved(*sides, dialect=lambda _: "json-schema-draft-04"), case[key])


def _answers(name: str, identifier: str, case: Case, pair: tuple[str, str]) -> CaseResult:
    """What upstream refuses may be answered or refused; it only may not crash."""
    result = judged(name, identifier, lambda: _no_crash(case, pair))
    return result if result.outcome == "failed" else passed(name, identifier)


def _no_crash(case: Case, pair: tuple[str, str]) -> None:
    proved(*(_with_const(case[one]) for one in pair), dialect=lambda _: "json-schema-draft-04")


def _with_const(schema: Any) -> Any:
    """`const`, which draft 4 lacks and this set reads, as an enum of one."""
    if isinstance(schema, list):
        return [_with_const(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    result = {
        key: _with_const(value) if key not in ("enum", "const") else value for key, value in schema.items()
    }
    if "const" in result and "enum" not in result:
        result["enum"] = [result.pop("const")]
    elif "const" in result:
        result["allOf"] = [*result.get("allOf", []), {"enum": [result.pop("const")]}]
    return result


def apicurio(folder: Path) -> Iterator[CaseResult]:
    """Apicurio Registry's, both ways."""
    for case in _cases(folder):
        for key, pair in (("backward", ("before", "after")), ("forward", ("after", "before"))):
            if case.get(key) is not None:
                yield _registry("apicurio-json-schema", case, key, pair)


def karapace(folder: Path) -> Iterator[CaseResult]:
    """Karapace's, from old to new."""
    for case in _cases(folder):
        yield _registry("karapace-json-schema", case, "backward", ("before", "after"))


def _registry(name: str, case: Case, key: str, pair: tuple[str, str]) -> CaseResult:
    identifier = f"{name}/{case['id']}:{key}"
    if (case.get("set_check") or {}).get(key) == "contradicted":
        return skipped(name, identifier, "the data's own witness contradicts the verdict")
    return judged(name, identifier, lambda: _told(proved(case[pair[0]], case[pair[1]]), case[key]))


def _told(proof: Proof, expected: bool) -> str | None:
    if proof.outcome is (Outcome.YES if expected else Outcome.NO):
        return None
    witness = f" witness {json.dumps(proof.witness)[:120]}" if proof.has_witness else ""
    return f"expected {'yes' if expected else 'no'}, came {proof.outcome.value}: {proof.reason}{witness}"


def _cases(folder: Path) -> Iterator[Case]:
    with (folder / "cases.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
