from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lading import git
from lading.gating.changed import changed
from lading.gating.judging import Gate
from linters.gate.run import Judged
from policies import profiles

GATE = Gate(profiles.load("default"), date(2026, 6, 1))


def judged(base: str = "main") -> Judged:
    commit = git.merge_base(base)
    (one,) = changed(commit)
    return GATE.of(one, commit, git.top_folder())


@pytest.mark.parametrize(
    ("branch", "outcome", "said"),
    [
        ("breaking", "fail", "1 breaking change since 1.0.0"),
        ("safe", "pass", "1.0.0 to 1.0.1 is a patch bump"),
        ("new", "pass", "This is the first version"),
        ("new-with-errors", "fail", "version-semver"),
        ("deleted", "fail", "without having been deprecated: GET /orders/{orderId}"),
        ("ended", "pass", "after its announced end"),
        ("broken", "unchecked", "api/orders.yaml:"),
        ("moved", "fail", "1 breaking change since 1.0.0"),
        ("rewritten", "fail", "breaking change"),
        ("part", "fail", "the bump is missing"),
        ("part-broken", "fail", "'api/parts/part.yaml' cannot be read"),
        ("no-contract", "fail", "deleted"),
    ],
)
def test_each_branch_gets_its_answer(branch: str, outcome: str, said: str, on: Callable[[str], Path]) -> None:
    on(branch)
    told = judged().result
    assert told.outcome == outcome, told.checks
    assert any(said in check.reason for check in told.checks), told.checks


def test_sources_count_from_the_top_wherever_one_stands(
    on: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(on("breaking") / "api")
    told = judged()
    assert told.source == "api/orders.yaml"
    assert told.result.comparison is not None
    places = [one.revision for one in told.result.comparison.changes if one.revision]
    assert {one.source for one in places} == {"api/orders.yaml"}


def test_a_base_that_cannot_be_read_leaves_the_contract_unchecked(on: Callable[[str], Path]) -> None:
    on("broken")
    git.ask("checkout", "-q", "main", "--", "api/orders.yaml")
    told = judged("HEAD").result
    assert told.outcome == "unchecked"
    assert "The base cannot be read" in told.checks[0].reason


def test_a_link_out_of_the_repository_is_not_followed(on: Callable[[str], Path], tmp_path: Path) -> None:
    folder = on("main")
    outside = tmp_path / "outside.yaml"
    outside.write_bytes((folder / "api/orders.yaml").read_bytes())
    (folder / "api/orders.yaml").unlink()
    (folder / "api/orders.yaml").symlink_to(outside)
    told = judged("HEAD").result
    assert told.outcome == "unchecked"
    assert "leads out of the repository" in told.checks[0].reason


def test_a_transitive_policy_takes_the_earlier_versions_from_git(on: Callable[[str], Path]) -> None:
    on("safe")
    commit = git.merge_base("main")
    (one,) = changed(commit)
    gate = Gate(profiles.load("transitive"), date(2026, 6, 1))
    result = gate.of(one, commit, git.top_folder()).result
    check = next(one for one in result.checks if one.name == "compatibility")
    assert check.outcome == "pass"
    assert "not known" not in check.reason
