"""Markdown, for a comment or a wiki."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from gateway.traffic.summary import Summary, most


def render(summary: Summary, source: str) -> str:
    return "\n".join(_lines(summary, source)) + "\n"


def _lines(summary: Summary, source: str) -> Iterator[str]:
    yield f"# Traffic in {_cell(source)}"
    yield ""
    yield f"{summary.exchanges:,} exchanges, {summary.conforming:,} as the contract says."
    if summary.violations:
        yield from _table("Violations", "operation | where | what | code | times | example")
        for held in most(summary.violations):
            place = f"{held.direction} {held.location} {held.pointer or '(whole)'}"
            example = (
                orjson.dumps(held.sample["at"]).decode()[:160] if held.sample is not None else held.where
            )
            yield _row(held.operation, place, held.message, held.code, str(held.count), example)
    for title, endpoints in (
        ("Shadow endpoints", summary.shadow),
        ("Zombies", summary.zombies),
        ("Refused by the service itself", summary.probes),
    ):
        if endpoints:
            yield from _table(title, "operation | contract | host | reason | times")
            for found in most(endpoints):
                yield _row(found.operation, found.contract, found.host, found.reason, str(found.count))
    if summary.unused:
        yield from _table("Never called", "operation | contract")
        for contract, operation in summary.unused:
            yield _row(operation, contract)
    missed = summary.unvalidated + summary.skipped + summary.unread
    if missed or summary.beyond:
        yield from _table("Not looked at", "reason | times")
        for reason, count in missed.most_common():
            yield _row(reason, str(count))
        if summary.beyond:
            yield _row("further findings that are not told apart", str(summary.beyond))


def _table(title: str, heads: str) -> Iterator[str]:
    yield from ("", f"## {title}", "", f"| {heads} |", "|" + "---|" * (heads.count("|") + 1))


def _row(*cells: str) -> str:
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(text: str) -> str:
    """Text that no character makes into markup."""
    for sign in "\\`*_[]<>|":
        text = text.replace(sign, f"\\{sign}" if sign not in "<>" else {"<": "&lt;", ">": "&gt;"}[sign])
    return " ".join(text.split())
