"""`python -m lading.evidence CORPUS OUT.md`: what the gate finds in histories of real contracts.

CORPUS is a folder with `PAIRS.tsv`, whose rows name two versions of one contract each, in the order of their
dates. Each row is a step of a history and goes through the gate: compatibility, version rule, notice periods.
The report is the same for the same contracts, its date and times aside.
"""

from __future__ import annotations

import csv
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from contracts.errors import ContractError
from contracts.model import EventApi, HttpApi, build
from linters.diff import Change, Comparison
from linters.diff.reports.words import lines, witness
from linters.gate import GateRequest, GateResult, decide
from policies import profiles

from .files import read_set

SHOWN = 12
"""Breaking and unknown changes that are written out for each step."""
_DAY = re.compile(r"@(\d{4}-\d{2}-\d{2})|-(\d{4}-\d{2})$")
PROFILE = replace(
    profiles.load(profiles.DEFAULT), required=frozenset(("compatibility", "version", "lifecycle"))
)
"""The default profile, as far as it is about changes: lint and validity have reports of their own."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a history, and what the gate said. `result` is None where a side could not be read."""

    history: str
    base: str
    revision: str
    versions: tuple[str, str]
    result: GateResult | None
    error: str
    reading: float
    """Seconds to read both sides."""
    comparing: float
    """Seconds to compare and decide."""


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("python -m lading.evidence CORPUS OUT.md", file=sys.stderr)
        return 2
    corpus, out = Path(arguments[0]), Path(arguments[1])
    if not (corpus / "PAIRS.tsv").is_file():
        print(f"{corpus} holds no PAIRS.tsv: nothing to replay.", file=sys.stderr)
        return 2
    steps = []
    for step in replay(corpus):
        print(f"{step.revision}: {step.result.outcome if step.result else step.error}", file=sys.stderr)
        steps.append(step)
    out.write_text(report(steps, datetime.now(UTC)), "utf-8")
    return 0


def replay(corpus: Path) -> Iterator[Step]:
    """Every row of `PAIRS.tsv`, in order."""
    versions: dict[tuple[str, str], str] = {}
    with (corpus / "PAIRS.tsv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            yield _step(corpus, row, versions)


def _step(corpus: Path, row: dict[str, str], versions: dict[tuple[str, str], str]) -> Step:
    history, before, after = row["pair"], row["from"], row["to"]
    started = time.perf_counter()
    try:
        base, revision = (_read(corpus, name) for name in (before, after))
    except ContractError as error:
        return Step(history, before, after, ("", ""), None, str(error), time.perf_counter() - started, 0.0)
    read = time.perf_counter()
    old = versions.setdefault((history, before), str(base.version))
    new = str(revision.version)
    if new == str(base.version):
        # The publisher did not touch info.version: the history tells the two apart by their days.
        new = _day(after) or f"{new} (again)"
        old = old if _DAY.search(f"@{old}") else _day(before) or old
    versions[(history, after)] = new
    # The day of the step, not of the run, so that the same contracts give the same report.
    day = _day(after)
    today = date.fromisoformat(day) if day else None
    request = GateRequest(candidate=revision, base=base, base_version=old, version=new, today=today)
    result = decide(request, PROFILE)
    return Step(history, before, after, (old, new), result, "", read - started, time.perf_counter() - read)


def _read(corpus: Path, name: str) -> HttpApi | EventApi:
    return build(read_set(corpus / name, boundary=corpus))


def _day(name: str) -> str | None:
    match = _DAY.search(Path(name).stem)
    return (match[1] or f"{match[2]}-01") if match else None


def report(steps: list[Step], now: datetime) -> str:
    """The whole report as Markdown."""
    out = [
        "# Evidence: real contracts through the gate",
        "",
        "Histories of contracts that their publishers published, each step replayed through the gate by",
        "`make evidence`. What follows is what was found, not what somebody expected. Policy: `backward`",
        "(consumers that follow the older version keep working); lint and validity are not part of this report.",
        "",
        f"Written on {now:%Y-%m-%d}.",
        "",
        "## Totals",
        "",
        *_totals(steps),
        "",
        "## Steps",
        "",
        "| Step | Versions | Verdict | Breaking | Unknown | Safe | Gate | Reading | Comparing |",
        "|---|---|---|--:|--:|--:|---|--:|--:|",
        *[_row(step) for step in steps],
        "",
    ]
    for step in steps:
        out += _section(step)
    return "\n".join(out).rstrip("\n") + "\n"


def _totals(steps: list[Step]) -> Iterator[str]:
    compared = [step.result for step in steps if step.result is not None]
    verdicts = Counter(one.comparison.verdict for one in compared if one.comparison is not None)
    outcomes = Counter(one.outcome for one in compared)
    missing = sum(
        _check(one, "version").outcome == "fail" and "bump is missing" in _check(one, "version").reason
        for one in compared
    )
    yield f"- {len(steps)} steps of {len({step.history for step in steps})} histories; {len(compared)} compared."
    yield f"- Verdicts: {_counted(verdicts)}."
    yield f"- Gate: {_counted(outcomes)}."
    yield f"- In {missing} steps the document changed and `info.version` did not: the bump is missing."
    ids = Counter(change.id for one in compared for change in _changes(one, "breaking"))
    yield f"- Breaking changes by check: {', '.join(f'`{name}` {count}' for name, count in _ranked(ids)[:12])}."
    reasons = Counter(change.id for one in compared for change in _changes(one, "unknown"))
    if reasons:
        yield f"- Unknown changes by check: {', '.join(f'`{name}` {count}' for name, count in _ranked(reasons)[:8])}."
    breaking = [change for one in compared for change in _changes(one, "breaking")]
    witnessed = sum(witness(change) is not None for change in breaking)
    ruled = sum(witness(change) is None and change.reason.startswith("by rule") for change in breaking)
    yield (
        f"- Of {len(breaking)} breaking changes {witnessed} come with a witness and {ruled} were decided by rule, "
        f"as no witness was found; the other {len(breaking) - witnessed - ruled} are no matter of values."
    )
    slowest = max(steps, key=lambda step: step.comparing)
    yield (
        f"- Comparing took {sum(step.comparing for step in steps):.1f} s in all, the slowest step "
        f"({slowest.revision}) {slowest.comparing:.1f} s."
    )


def _row(step: Step) -> str:
    name = f"[{step.revision}](#{_anchor(step)})"
    if step.result is None or step.result.comparison is None:
        return f"| {name} | | not compared | | | | | {step.reading:.2f} s | |"
    comparison = step.result.comparison
    counts = comparison.counts
    return (
        f"| {name} | {step.versions[0]} → {step.versions[1]} | {comparison.verdict} | {counts['breaking']} | "
        f"{counts['unknown']} | {counts['safe']} | {step.result.outcome} | {step.reading:.2f} s | {step.comparing:.2f} s |"
    )


def _section(step: Step) -> Iterator[str]:
    yield f"### {step.revision}"
    yield ""
    yield f"Since `{step.base}`."
    yield ""
    if step.result is None or step.result.comparison is None:
        yield f"Not compared: {step.error}"
        yield ""
        return
    for name in ("compatibility", "version", "lifecycle"):
        check = _check(step.result, name)
        yield f"- **{name}**: {check.outcome}. {_plain(check.reason)}"
    yield ""
    yield from _listed(step.result.comparison)


def _listed(comparison: Comparison) -> Iterator[str]:
    counts = Counter((change.verdict, change.id) for change in comparison.changes)
    for verdict in ("breaking", "unknown", "safe"):
        found = _ranked(Counter({name: count for (of, name), count in counts.items() if of == verdict}))
        if found:
            yield f"{verdict.capitalize()}: " + ", ".join(f"`{name}` {count}" for name, count in found) + "."
            yield ""
    grave = [change for change in comparison.changes if change.verdict != "safe"]
    for change in grave[:SHOWN]:
        yield from _change(change)
    if len(grave) > SHOWN:
        yield f"- … and {len(grave) - SHOWN} more"
    if grave:
        yield ""


def _change(change: Change) -> Iterator[str]:
    shared = f" (and {len(change.operations) - 1} more operations)" if len(change.operations) > 1 else ""
    where = f" `{change.operation}`{shared}" if change.operation else ""
    yield f"- {change.verdict}{where}, {lines(change)}: {_plain(change.message)} `{change.id}`"
    shown = witness(change)
    if shown is not None:
        yield f"  - witness: `` {shown} ``"
    elif change.verdict == "unknown" and change.reason:
        yield f"  - {_plain(change.reason)}"


def _check(result: GateResult, name: str) -> Any:
    return next(check for check in result.checks if check.name == name)


def _changes(result: GateResult, verdict: str) -> list[Change]:
    changes = result.comparison.changes if result.comparison is not None else ()
    return [change for change in changes if change.verdict == verdict]


def _ranked(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _counted(counted: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in _ranked(counted))


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _anchor(step: Step) -> str:
    return re.sub(r"[^\w\- ]", "", step.revision.lower()).replace(" ", "-")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
