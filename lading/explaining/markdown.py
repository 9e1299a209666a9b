"""Rules as Markdown: for a wiki, a style guide, and the pages in `docs/rules`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from linters.reports.formats.markdown import escaped, with_code
from policies.rulesets import Rule

from .words import mended, specifications


def one(rule: Rule, *, level: int = 2) -> str:
    """A section with everything that a rule says."""
    return "\n\n".join(_blocks(rule, level))


def table(rules: Iterable[Rule], *, page: str = "") -> str:
    """A row a rule, linked to its section, on `page` or on this one."""
    rows = [
        f"| [{escaped(rule.code)}]({page}#{anchor(rule.code)}) | {rule.severity}"
        f"{'' if rule.recommended else ', on request'} | {with_code(rule.description)} |"
        for rule in rules
    ]
    return "\n".join(["| rule | severity | what it asks for |", "|---|---|---|", *rows])


def several(rules: Sequence[Rule]) -> str:
    """A table, then each of them."""
    return "\n\n".join([table(rules), *(one(rule) for rule in rules)])


def anchor(code: str) -> str:
    """What GitHub and most others make of a heading."""
    return re.sub(r"[^\w\- ]", "", code.lower()).replace(" ", "-")


def _blocks(rule: Rule, level: int) -> Iterator[str]:
    yield f"{'#' * level} {escaped(rule.code)}"
    if rule.description:
        yield with_code(rule.description)
    request = "" if rule.recommended else ", only on request"
    yield f"**{rule.severity}**{request} · {escaped(rule.area)} · {escaped(specifications(rule.formats))}"
    if rule.why:
        yield with_code(rule.why)
    for title, snippet in (("Good", rule.good), ("Bad", rule.bad)):
        if snippet:
            yield f"{title}:\n\n{_fenced(snippet.rstrip())}"
    for fix in rule.fixes:
        yield f"Fix, {with_code(mended(fix))}."
    if rule.source:
        yield f"Source: {_address(rule.source)}"


def _fenced(text: str) -> str:
    """A fence is longer than any in what it holds (CommonMark, section 4.5)."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}yaml\n{text}\n{fence}"


def _address(source: str) -> str:
    return f"<{source}>" if re.fullmatch(r"https?://[^\s<>]+", source) else escaped(source)
