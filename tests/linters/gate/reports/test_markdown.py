from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from linters.gate import Approval, Profile, decide
from linters.gate.reports import markdown
from linters.gate.run import Judged, Run, unjudged
from linters.lint import load_ruleset
from tests.linters.diff.building import http
from tests.linters.gate.building import breaking, one, request, safe


def test_the_most_important_comes_first() -> None:
    shown = markdown.render(one(decide(request(*breaking("1.1.0")), Profile()), "erp/orders"))
    assert shown.startswith(f"{markdown.MARKER}\n## ❌ Gate: fail · erp/orders\n")
    assert shown.index("| ❌ | compatibility |") < shown.index("| ✅ | validity |")
    assert shown.index("| ✅ | validity |") < shown.index("<summary>❌ 1 breaking</summary>")
    assert "The next version would be `2.0.0`." in shown
    assert shown.endswith("Profile `default`.\n")


def test_one_comment_holds_every_contract_the_gravest_first_and_folded() -> None:
    bad, good = decide(request(*breaking("1.1.0")), Profile()), decide(request(*safe()), Profile())
    run = Run(
        (
            Judged("a.yaml", good, "a.yaml", "changed"),
            Judged("b.yaml", unjudged("default", "b.yaml:3: it ends early."), "b.yaml"),
            Judged("c.yaml", bad, "c.yaml", "was d.yaml"),
        ),
        ("approvals.yaml:1: the approval is not used",),
        "`origin/main`",
    )
    shown = markdown.render(run)
    assert "## ❌ Gate: 1 fail, 1 unchecked, 1 pass of 3 contracts\n" in shown
    rows = [line for line in shown.splitlines() if line.startswith(("| ❌ | c.", "| ❓ | b.", "| ✅ | a."))]
    assert [row[:7] for row in rows] == ["| ❌ | c", "| ❓ | b", "| ✅ | a"]
    assert "was d.yaml" in rows[0]
    assert shown.count("<details>") == shown.count("</details>") > 3
    assert "<summary>1 note</summary>\n\n- approvals.yaml:1: the approval is not used\n" in shown


def test_nothing_to_judge_is_said() -> None:
    assert "## ✅ Gate: no contract changed" in markdown.render(Run(()))


def test_a_change_shows_by_what_it_is_approved_and_an_approved_one_by_whom() -> None:
    result = decide(request(*breaking("1.1.0")), Profile())
    assert result.comparison is not None
    mark = result.comparison.changes[0].fingerprint
    assert f"`{mark}`" in markdown.render(one(result))
    approval = Approval(mark, "Asked.", "board", date(2026, 3, 31))
    shown = markdown.render(one(decide(request(*breaking("1.1.0"), approvals=(approval,)), Profile())))
    assert "<summary>☑️ 1 change approved</summary>" in shown
    assert "approved by board until 2026-03-31: Asked |" in shown
    assert "breaking</summary>" not in shown


@pytest.mark.parametrize("contracts", [1, 40])
def test_however_much_there_is_to_say_a_forge_takes_it(contracts: int) -> None:
    result = decide(request(*breaking("1.1.0")), Profile())
    assert result.comparison is not None
    changes = tuple(
        replace(result.comparison.changes[0], message=f"{number} " + "long " * 500) for number in range(2_000)
    )
    long = replace(result, comparison=replace(result.comparison, changes=changes))
    shown = markdown.render(Run(tuple(Judged(f"{n}.yaml", long) for n in range(contracts))))
    assert 20_000 < len(shown) <= markdown.MOST
    assert shown.count("<details>") == shown.count("</details>")
    assert "more, for which a comment has no room" in shown


def test_what_a_contract_says_is_no_markup_and_mentions_nobody() -> None:
    rules = load_ruleset(
        {"rules": {"x": {"given": "$.info.title", "message": "{{value}}", "then": {"function": "falsy"}}}}
    )
    evil = "<img src=x> @team [l](http://evil.example) `a` | b"
    contract = http(info={"title": evil, "version": "1.0.0"})
    text = markdown.render(
        one(decide(request(None, contract, findings=None, ruleset=rules), Profile()), evil)
    )
    assert "<img" not in text.replace("\\<img", "")
    assert "@team" not in text.replace("\\@team", "")
    assert "](http" not in text
