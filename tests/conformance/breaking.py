"""Breaking changes: the cases of other detectors, replayed under the policy that suits each set.

The sets contradict each other, so that none of them measures Lading's own default. What each asks here:

- `oasdiff`: the findings by id, level, operation and path, as many times each
- `openapi-diff`: the verdict of the whole
- `qubership-api-diff`: whether anything breaks
- `asyncapi-diff`: whether anything breaks, `info.version` aside, which is the gate's matter here
- `apicurio-json-schema`, `karapace-json-schema`, `ibm-jsonsubschema`: containment, by proof
- `qubership-schema-deltas`, `real-pairs`: no crash, and no `unknown` without a reason
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from contracts.document import parse
from contracts.model import EventApi, HttpApi, build
from contracts.references import load
from linters.diff import Change, Comparison, CompatPolicy, compare
from linters.gate.versions import Bump, bump_of, misstep
from policies import profiles

from . import breaking_schemas as schemas
from .results import CaseResult, judged

LEVELS = ("INFO", "WARN", "ERR")


def replay(data: Path) -> Iterator[CaseResult]:
    """Every set that is there."""
    for name, one in SETS.items():
        folder = data / name
        if folder.is_dir():
            yield from one(folder)


def cases(folder: Path, name: str = "cases.jsonl") -> Iterator[dict[str, Any]]:
    with (folder / name).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read(path: Path) -> HttpApi | EventApi:
    """The contract in a file, references beside it followed."""

    def retrieve(name: str) -> bytes:
        return (path.parent / name).read_bytes()

    return build(load(parse(path.read_bytes(), path.name), retrieve))


def _oasdiff(folder: Path) -> Iterator[CaseResult]:
    levels = _levels(folder / "rules.tsv")
    for case in cases(folder):
        yield judged("oasdiff", f"oasdiff/{case['id']}", lambda case=case: _findings(folder, case, levels))


def _findings(folder: Path, case: dict[str, Any], levels: dict[str, str]) -> str | None:
    options = case.get("options") or {}
    policy = replace(
        profiles.policy("oasdiff"),
        today=date.fromisoformat(options["today"]) if options.get("today") else None,
        sunset_days=options.get("sunset_days") or {},
        stability=options.get("stability_level", "beta"),
    )
    comparison = compare(
        read(folder / case["base"]), read(folder / case["revision"]), policy=policy, each=True
    )
    known = {**levels, **options.get("levels", {})}
    wanted = case.get("check_filter")
    least = LEVELS.index(case["min_level"])
    found: Counter[tuple[Any, ...]] = Counter()
    for change in comparison.changes:
        level = known.get(change.id, "ERR" if change.verdict == "breaking" else "INFO")
        if (wanted is None or change.id in wanted) and LEVELS.index(level) >= least:
            found[(change.id, level, *_address(change))] += 1
    step = _misstep(folder, case, comparison, known) if options.get("versioning_policy") else None
    if step is not None and (wanted is None or step in wanted):
        found[(step, known[step], None, None)] += 1
    expected = Counter(
        (one["id"], one["level"], one.get("operation"), one.get("path")) for one in case["expect"]
    )
    return _difference(expected, found)


def _misstep(
    folder: Path, case: dict[str, Any], comparison: Comparison, levels: dict[str, str]
) -> str | None:
    """What the rule for version numbers says; here it is the gate's."""
    versions = [str(read(folder / case[key]).version) for key in ("base", "revision")]
    breaking = any(levels.get(change.id) == "ERR" for change in comparison.changes)
    needed = Bump.MAJOR if breaking else bump_of(comparison) if comparison.changes else Bump.NONE
    step = misstep(versions[0], versions[1], needed)
    return step if comparison.changes else None


def _address(change: Change) -> tuple[str | None, str | None]:
    """Operation and path as oasdiff has them."""
    if change.operation is None or change.id in ("webhook-added", "webhook-removed"):
        return None, None
    if change.operation.startswith("webhook:"):
        _, name, *method = change.operation.split(":")
        return (method[0] if method else "POST"), f"webhook:{name}"
    method, _, path = change.operation.partition(" ")
    return method, path


def _difference(expected: Counter[Any], found: Counter[Any]) -> str | None:
    missing, extra = expected - found, found - expected
    if not missing and not extra:
        return None
    parts = [f"missing {_shown(missing)}"] if missing else []
    return "; ".join([*parts, f"not expected {_shown(extra)}"] if extra else parts)


def _shown(counted: Counter[Any]) -> str:
    return ", ".join(
        f"{' '.join(str(part) for part in key if part)}{f' ×{count}' if count > 1 else ''}"
        for key, count in sorted(counted.items(), key=str)
    )[:400]


@cache
def _levels(path: Path) -> dict[str, str]:
    """oasdiff's own level for each of its ids."""
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["id"]: row["level"] for row in csv.DictReader(rows, delimiter="\t")}


def _openapi_diff(folder: Path) -> Iterator[CaseResult]:
    for case in cases(folder):
        yield judged("openapi-diff", f"openapi-diff/{case['id']}", lambda case=case: _verdict(folder, case))


def _verdict(folder: Path, case: dict[str, Any]) -> str | None:
    comparison = _compared(folder, case["base"], case["revision"], profiles.policy("openapi-diff"))
    expected = case["expect"]
    if expected is None:
        return _fields(comparison, case["fields"])
    operations = [change for change in comparison.changes if change.operation is not None]
    holds = {
        "unchanged": comparison.verdict == "unchanged",
        "compatible": comparison.verdict == "safe",
        "incompatible": comparison.verdict == "breaking",
        "unchanged-or-compatible": comparison.verdict in ("unchanged", "safe"),
        "no-operation-change": not operations,
        "operations-changed": bool(operations)
        and not any(change.id == "endpoint-added" or "path-removed" in change.id for change in operations),
    }
    return None if holds[expected] else f"expected {expected}, came {_told(comparison)}"


def _fields(comparison: Comparison, fields: list[dict[str, Any]]) -> str | None:
    """Verdicts of single properties of the request body."""
    for field in fields:
        found = {
            change.verdict for change in comparison.changes if change.path.endswith(f": {field['property']}")
        }
        expected = "breaking" if field["verdict"] == "incompatible" else "safe"
        if (expected == "breaking") != ("breaking" in found):
            return f"{field['property']}: expected {expected}, came {sorted(found)}"
    return None


def _qubership(folder: Path) -> Iterator[CaseResult]:
    for case in cases(folder):
        name = f"qubership-api-diff/{case['id']}"
        yield judged("qubership-api-diff", name, lambda case=case: _breaks(folder, case))


def _breaks(folder: Path, case: dict[str, Any]) -> str | None:
    comparison = _compared(folder, case["before"], case["after"], profiles.policy("qubership"))
    expected = case.get("breaking")
    if expected is None:
        expected = case.get("severity") == "breaking"
    return (
        None
        if expected == (comparison.verdict == "breaking")
        else f"breaking: {expected}, came {_told(comparison)}"
    )


def _asyncapi(folder: Path) -> Iterator[CaseResult]:
    for case in cases(folder):
        yield judged(
            "asyncapi-diff", f"asyncapi-diff/{case['id']}", lambda case=case: _classified(folder, case)
        )


def _classified(folder: Path, case: dict[str, Any]) -> str | None:
    comparison = _compared(folder, case["base"], case["revision"], profiles.policy("asyncapi-diff"))
    changes = case["expect"].get("changes")
    if changes is None:
        return f"upstream refuses to compare these; came {_told(comparison)}"
    expected = any(one["type"] == "breaking" for one in changes if one["path"] != "/info/version")
    return (
        None
        if expected == (comparison.verdict == "breaking")
        else f"breaking: {expected}, came {_told(comparison)}"
    )


def _deltas(folder: Path) -> Iterator[CaseResult]:
    templates = list(cases(folder, "templates.jsonl"))
    for case in cases(folder):
        for template in templates:
            name = f"qubership-schema-deltas/{case['id']}@{template['id']}"
            yield judged(
                "qubership-schema-deltas", name,
                lambda case=case, template=template: _rendered(folder, case, template),
            )  # fmt: skip


def _rendered(folder: Path, case: dict[str, Any], template: dict[str, Any]) -> str | None:
    text = (folder / template["template"]).read_text("utf-8")
    sides = []
    for key in ("before", "after"):
        fragment = (folder / case[key]).read_text("utf-8")
        sides.append(build(load(parse(filled(text, fragment).encode(), f"{key}.yaml"))))
    return _unreasoned(compare(sides[0], sides[1]))


def filled(template: str, fragment: str) -> str:
    line = next(line for line in template.splitlines() if line.strip() == "__SCHEMA__")
    indent = line[: len(line) - len(line.lstrip())]
    filled = "\n".join(indent + one if one.strip() else one for one in fragment.splitlines())
    return template.replace(line, filled)


def _real_pairs(folder: Path) -> Iterator[CaseResult]:
    for case in cases(folder, "pairs.jsonl"):
        name = f"real-pairs/{case['id']}"
        yield judged("real-pairs", name, lambda case=case: _compares(folder, case))


def _compares(folder: Path, case: dict[str, Any]) -> str | None:
    if case["kind"] == "json-schema":
        sides = [json.loads((folder / case[key]).read_bytes()) for key in ("base", "revision")]
        proof = schemas.proved(*sides)
        return None if proof.outcome.value != "unknown" or proof.reason else "unknown without a reason"
    return _unreasoned(_compared(folder, case["base"], case["revision"], profiles.policy("backward")))


def _unreasoned(comparison: Comparison) -> str | None:
    for change in comparison.changes:
        if change.verdict == "unknown" and not change.reason:
            return f"unknown without a reason: {change.id} {change.path}"
    return None


def _compared(folder: Path, base: str, revision: str, policy: CompatPolicy) -> Comparison:
    return compare(read(folder / base), read(folder / revision), policy=policy)


def _told(comparison: Comparison) -> str:
    first = [f"{change.id} ({change.verdict})" for change in comparison.changes[:3]]
    return f"{comparison.verdict}: {', '.join(first)}" if first else comparison.verdict


SETS = {
    "oasdiff": _oasdiff,
    "openapi-diff": _openapi_diff,
    "qubership-api-diff": _qubership,
    "asyncapi-diff": _asyncapi,
    "apicurio-json-schema": schemas.apicurio,
    "karapace-json-schema": schemas.karapace,
    "ibm-jsonsubschema": schemas.ibm,
    "qubership-schema-deltas": _deltas,
    "real-pairs": _real_pairs,
}

__all__ = ["replay"]
