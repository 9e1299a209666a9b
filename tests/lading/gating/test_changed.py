from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lading import git
from lading.gating.changed import Changed, changed
from lading.outcome import CouldNotTell

ORDERS = "api/orders.yaml"
SHIPMENTS = "api/shipments.yaml"


@pytest.mark.parametrize(
    ("branch", "found", "how"),
    [
        ("breaking", Changed(ORDERS, ORDERS), "changed"),
        ("broken", Changed(ORDERS, ORDERS), "changed"),
        ("new", Changed("api/returns.yaml", None), "new"),
        ("deleted", Changed(None, ORDERS), "deleted"),
        ("no-contract", Changed(None, ORDERS), "deleted"),
        ("moved", Changed("api/sales-orders.yaml", ORDERS), f"was {ORDERS}"),
        ("rewritten", Changed("services/o.json", ORDERS), f"was {ORDERS}"),
        ("part", Changed(SHIPMENTS, SHIPMENTS), "changed"),
        ("part-broken", Changed(SHIPMENTS, SHIPMENTS), "changed"),
        ("part-gone", Changed(SHIPMENTS, SHIPMENTS), "changed"),
    ],
)
def test_what_a_branch_changed(
    branch: str, found: Changed, how: str, on: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = on(branch)
    (one,) = changed(git.merge_base("main"))
    assert (one, one.how) == (found, how)
    monkeypatch.chdir(folder / "api")
    assert changed(git.merge_base("main")) == [found]


def test_what_is_no_contract_changes_none(on: Callable[[str], Path]) -> None:
    on("unrelated")
    assert changed(git.merge_base("main")) == []


def test_patterns_choose_and_one_that_matches_nothing_is_told(on: Callable[[str], Path]) -> None:
    on("deleted")
    commit = git.merge_base("main")
    assert [one.name for one in changed(commit, ["./api/*.yaml"])] == [ORDERS]
    assert [one.name for one in changed(commit, [ORDERS, "values.yaml"])] == [ORDERS]
    assert changed(commit, ["values.yaml"]) == []
    with pytest.raises(CouldNotTell, match="no file of the repository matches 'apis/'"):
        changed(commit, ["apis/"])
    with pytest.raises(CouldNotTell, match="no pattern"):
        changed(commit, ["[z-a].yaml"])
