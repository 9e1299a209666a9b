from __future__ import annotations

import pytest

from registry.domain.errors import Invalid, NotFound
from registry.services import Context, gates


def run(context: Context, contract: str, outcome: str) -> int:
    result = {
        "outcome": outcome,
        "checks": [{"name": "lint", "outcome": outcome, "reason": "r\0"}],
        "findings": [],
    }
    made = gates.store(
        context, contract, "1.0.0", digest="d", profile="default", source="check", base=None, result=result
    )
    return made.id


def test_runs_are_listed_newest_first_filtered_and_paged(context: Context) -> None:
    ids = [
        run(context, contract, outcome)
        for contract, outcome in (("a/b", "pass"), ("a/b", "fail"), ("c/d", "fail"))
    ]
    assert [one.id for one in gates.browse(context).items] == ids[::-1]
    assert [one.id for one in gates.browse(context, contract="a/b").items] == ids[1::-1]
    assert [one.id for one in gates.browse(context, outcome="fail").items] == [ids[2], ids[1]]
    first = gates.browse(context, limit=2)
    assert [one.id for one in gates.browse(context, after=first.after).items] == [ids[0]]
    with pytest.raises(Invalid):
        gates.browse(context, outcome="maybe")


def test_one_run_has_the_whole_result_and_the_list_does_not(context: Context) -> None:
    number = run(context, "a/b", "unchecked")
    assert gates.get(context, number).result["checks"][0]["reason"] == "r\ufffd"
    assert gates.browse(context).items[0].result == {}
    with pytest.raises(NotFound):
        gates.get(context, number + 1)
