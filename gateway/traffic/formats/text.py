"""Text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from gateway.traffic.summary import Endpoint, Summary, Violation, most

_SHOWN = 20


def render(summary: Summary, source: str) -> str:
    return "\n".join(_lines(summary, source)) + "\n"


def _lines(summary: Summary, source: str) -> Iterator[str]:
    yield f"{source}: {_count(summary.exchanges, 'exchange')}, {summary.conforming} as the contract says"
    if summary.violations:
        yield ""
        yield "Violations"
        by_operation: dict[tuple[str, str], list[Violation]] = {}
        for held in most(summary.violations):
            by_operation.setdefault((held.contract, held.operation), []).append(held)
        for (contract, operation), violations in by_operation.items():
            yield f"  {operation}  {contract}"
            for held in violations[:_SHOWN]:
                yield from _violation(held)
            yield from _more(len(violations) - _SHOWN, "    ")
    titles = (
        ("Shadow endpoints: called, in no contract", summary.shadow),
        ("Zombies: called after their end", summary.zombies),
        ("Refused by the service itself, in no contract", summary.probes),
    )
    for title, endpoints in titles:
        if endpoints:
            yield ""
            yield title
            held_endpoints: list[Endpoint] = most(endpoints)
            for found in held_endpoints[:_SHOWN]:
                yield f"  {found.count:>6}  {found.operation}  {' '.join(filter(None, (found.contract, found.host)))}".rstrip()
            yield from _more(len(held_endpoints) - _SHOWN, "  ")
    if summary.unused:
        yield ""
        yield "Never called"
        for contract, operation in summary.unused[:_SHOWN]:
            yield f"  {operation}  {contract}"
        yield from _more(len(summary.unused) - _SHOWN, "  ")
    yield from _not_looked_at(summary)


def _violation(held: Violation) -> Iterator[str]:
    place = f"{held.direction} {held.location} {held.pointer or '(whole)'}"
    yield f"    {held.count:>6}  {place}: {held.message} ({held.code})"
    if held.sample is not None:
        yield f"            {held.where}: {orjson.dumps(held.sample['at']).decode()[:160]}"
    else:
        yield f"            {held.where}"


def _not_looked_at(summary: Summary) -> Iterator[str]:
    if not (summary.unvalidated or summary.skipped or summary.unread or summary.beyond):
        return
    yield ""
    yield "Not looked at"
    for reason, count in summary.unvalidated.most_common():
        yield f"  {count:>6}  {reason}"
    for reason, count in summary.skipped.items():
        yield f"  {count:>6}  {reason}"
    for reason, count in summary.unread.most_common():
        yield f"  {count:>6}  unread: {reason} (first at {summary.first_unread})"
    if summary.beyond:
        yield f"  {summary.beyond:>6}  further findings that are not told apart"


def _more(count: int, indent: str) -> Iterator[str]:
    if count > 0:
        yield f"{indent}… and {count} more; --format json tells all"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
