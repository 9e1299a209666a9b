from __future__ import annotations

from linters.diff.proof.outcome import NOTHING
from linters.diff.reports import text
from linters.diff.verdicts import Comparison
from tests.linters.diff.test_verdicts import change


def test_the_whole() -> None:
    shown = text.render(Comparison.of([change()], "backward"), "a → b", width=80)
    assert shown == (
        "a → b\n"
        "\n"
        "BREAKING  POST /orders\n"
        "  request-property-became-required                                    line 3 → 4\n"
        "    The property `sku` is required now.\n"
        '    ↳ the base takes {"id":1}, the revision refuses it\n'
        "\n"
        "1 breaking change, by the policy backward.\n"
    )


def test_safe_changes_are_counted_where_they_are_not_shown() -> None:
    shown = text.render(Comparison.of([change(verdict="safe")], "backward"), safe=False)
    assert "1 safe not shown" in shown
    assert "request-property" not in shown


def test_colour_only_where_it_is_wanted_and_never_from_the_contract() -> None:
    comparison = Comparison.of([change(message="evil \x1b[31m text")], "backward")
    assert "\x1b" not in text.render(comparison)
    assert "\x1b[31;1m" in text.render(comparison, colour=True)
    assert "evil \x1b" not in text.render(comparison, colour=True)


def test_unknown_says_why() -> None:

    shown = text.render(
        Comparison.of(
            [change(verdict="unknown", witness=NOTHING, reason="the proof stopped at: pattern")], "x"
        )
    )
    assert "the proof stopped at: pattern" in shown
