from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from contracts.pointers import Path
from contracts.positions import NOWHERE
from linters.lint import Finding, Severity
from linters.reports.fingerprints import fingerprinted
from linters.suppression import Applied, Entry, Ignore, Waiver, apply

TODAY = date(2026, 3, 1)
RAN = ("naming-path", "naming-tag", "auth-stated")
KNOWN = (*RAN, "money-currency")


def finding(code: str, path: Path = (), severity: Severity = Severity.WARN) -> Finding:
    return Finding(code, "m", path, severity, NOWHERE, "a.yaml")


def ignore(rule: str, node: Path = (), until: date | None = None) -> Ignore:
    return Ignore(
        rule,
        f"Because of {'/'.join(map(str, node))}.",
        until,
        "a.yaml",
        (*node, "x-lading-ignore"),
        NOWHERE,
        node,
    )


def waiver(rule: str, until: date = TODAY, **more: Any) -> Waiver:
    return Waiver(rule, "Granted.", until, "w.yaml", (0,), NOWHERE, owner="o", approver="b", **more)


def applied(findings: Sequence[Finding], *entries: Entry, **more: Any) -> Applied:
    return apply(findings, entries, today=TODAY, ran=RAN, known=KNOWN, files=("a.yaml", "b.yaml"), **more)


def codes(result: Applied) -> tuple[list[str], list[str]]:
    return [one.code for one in result.findings], [one.finding.code for one in result.suppressed]


FOUND = (finding("naming-path", ("paths", "/A")), finding("auth-stated", ("paths", "/A"), Severity.ERROR))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (ignore("naming-path"), (["auth-stated"], ["naming-path"])),
        (ignore("naming-*", ("paths",)), (["auth-stated"], ["naming-path"])),
        (ignore("auth-stated"), (["naming-path"], ["auth-stated"])),
        (ignore("naming-path", ("info",)), (["auth-stated", "ignore-unused", "naming-path"], [])),
        (ignore("naming-tag"), (["auth-stated", "ignore-unused", "naming-path"], [])),
        (ignore("money-currency"), (["auth-stated", "naming-path"], [])),
        (ignore("naming-pat"), (["auth-stated", "ignore-unknown-rule", "naming-path"], [])),
        (ignore("nothing-*"), (["auth-stated", "ignore-unknown-rule", "naming-path"], [])),
        (
            ignore("naming-path", until=date(2026, 2, 28)),
            (["auth-stated", "ignore-expired", "naming-path"], []),
        ),
        (waiver("naming-path"), (["auth-stated"], ["naming-path"])),
        (waiver("naming-path", date(2026, 2, 28)), (["auth-stated", "naming-path", "waiver-expired"], [])),
        (waiver("naming-path", file="b.yaml"), (["auth-stated", "naming-path", "waiver-unused"], [])),
        (waiver("naming-path", file="c.yaml"), (["auth-stated", "naming-path"], [])),
        (waiver("nothing"), (["auth-stated", "naming-path", "waiver-unknown-rule"], [])),
    ],
)
def test_what_one_entry_does(entry: Entry, expected: tuple[list[str], list[str]]) -> None:
    assert codes(applied(FOUND, entry)) == expected


def test_a_waiver_may_be_about_one_finding() -> None:
    (_, mark), *_ = fingerprinted(FOUND)
    assert codes(applied(FOUND, waiver("naming-path", fingerprint=mark)))[1] == ["naming-path"]
    assert codes(applied(FOUND, waiver("naming-path", fingerprint="0" * 32)))[1] == []


def test_the_deepest_speaks_and_all_that_cover_are_used() -> None:
    result = applied(FOUND, ignore("naming-path"), ignore("naming-*", ("paths", "/A")), ignore("auth-stated"))
    assert result.findings == ()
    assert [one.reason for one in result.suppressed] == ["Because of paths//A.", "Because of ."]
    assert {one.kind for one in result.suppressed} == {"inSource"}


@pytest.mark.parametrize(
    ("ignores", "expected"),
    [
        ("allowed", ([], ["naming-path", "auth-stated"])),
        ("errors-excepted", (["auth-stated"], ["naming-path"])),
        ("none", (["auth-stated", "naming-path"], [])),
    ],
)
def test_whether_a_contract_may_ignore_by_itself(ignores: str, expected: tuple[list[str], list[str]]) -> None:
    entries = (ignore("naming-path"), ignore("auth-stated"))
    assert codes(applied(FOUND, *entries, ignores=ignores)) == expected


def test_waivers_count_even_where_ignores_do_not() -> None:
    entries = (ignore("auth-stated"), waiver("auth-stated"))
    result = applied(FOUND, *entries, ignores="none")
    assert [(one.finding.code, one.kind) for one in result.suppressed] == [("auth-stated", "external")]


def test_what_the_engine_finds_by_itself_can_be_ignored() -> None:
    assert codes(applied((finding("invalid-ref"),), ignore("invalid-ref"))) == ([], ["invalid-ref"])
    assert codes(applied((), ignore("parser"))) == (["ignore-unused"], [])


def test_what_is_said_of_entries_cannot_be_silenced() -> None:
    broken = finding("ignore-malformed", ("x-lading-ignore",), Severity.ERROR)
    kept, suppressed = codes(applied((broken,), ignore("ignore-*"), waiver("ignore-malformed")))
    assert "ignore-malformed" in kept
    assert suppressed == []


def test_what_is_told_of_a_recorded_waiver_is_advice() -> None:
    unused = applied(FOUND[:1], waiver("naming-tag", recorded=True))
    (told,) = [one for one in unused.findings if one.code == "waiver-unused"]
    assert told.severity is Severity.INFO
    assert "Withdraw it" in told.message


def test_a_recorded_waiver_that_ended_is_told_where_it_is_missed() -> None:
    ended = waiver("naming-path", until=date(2026, 2, 28), recorded=True)
    missed = applied(FOUND, ended)
    assert codes(missed)[0].count("waiver-expired") == 1
    assert "naming-path" in codes(missed)[0]
    assert codes(applied(FOUND[1:], ended)) == (["auth-stated"], [])
