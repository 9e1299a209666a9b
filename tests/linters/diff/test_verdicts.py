from __future__ import annotations

from dataclasses import replace

import pytest

from linters.diff import BACKWARD
from linters.diff.verdicts import Change, Comparison, Place, Side

from .building import compared, events, http


def change(**more: object) -> Change:
    base = Change(
        "request-property-became-required", "breaking", "consumer", "POST /orders", "request body: sku",
        "/components/schemas/Order/required/0", Place("a.yaml", ("required",), 3), Place("b.yaml", ("required",), 4),
        "The property `sku` is required now.", {"id": 1}, "a witness", "base", ("POST /orders",),
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def test_a_change_as_json_and_back() -> None:
    told = change().as_dict()
    assert told["base"] == {"source": "a.yaml", "pointer": "/required", "line": 3}
    assert told["witness"] == {"id": 1}
    assert "operations" not in told
    assert Change.from_dict(told).as_dict() == told


def test_null_is_a_witness_like_another() -> None:
    assert change(witness=None).as_dict()["witness"] is None
    without = {key: value for key, value in change().as_dict().items() if key != "witness"}
    assert "witness" not in Change.from_dict(without).as_dict()


def test_the_gravest_comes_first_and_names_the_whole() -> None:
    comparison = Comparison.of(
        [change(verdict="safe"), change(verdict="unknown", id="x"), change()], "backward"
    )
    assert [one.verdict for one in comparison.changes] == ["breaking", "unknown", "safe"]
    assert comparison.verdict == "breaking"
    assert comparison.counts == {"breaking": 1, "unknown": 1, "safe": 1}


def test_nothing_is_unchanged() -> None:
    assert Comparison.of([], "backward").verdict == "unchanged"


def test_what_operations_share_is_one_change() -> None:
    other = change(operation="PUT /orders", operations=("PUT /orders",))
    (merged,) = Comparison.of([change(), other], "backward").changes
    assert merged.operations == ("POST /orders", "PUT /orders")
    assert merged.as_dict()["operations"] == ["POST /orders", "PUT /orders"]
    assert len(Comparison.of([change(), other], "backward", each=True).changes) == 2


def test_a_comparison_as_json_and_back() -> None:
    comparison = Comparison.of([change()], "full")
    assert Comparison.from_dict(comparison.as_dict()).as_dict() == comparison.as_dict()


@pytest.mark.parametrize(
    ("action", "payloads", "policy", "expected"),
    [
        ("send", ("string", "integer"), "consumer", "breaks subscribers"),
        ("send", ("string", "integer"), "provider", "breaks the application that sends"),
        ("receive", ("string", "integer"), "consumer", "breaks those who send to the application"),
        ("receive", ("string", "integer"), "provider", "breaks the application that receives"),
    ],
)
def test_whom_a_change_of_events_breaks(
    action: str, payloads: tuple[str, str], policy: Side, expected: str
) -> None:
    sides = [events(action, {"type": kind}) for kind in payloads]
    (found,) = compared(*sides, replace(BACKWARD, protects=(policy,))).changes
    assert found.view is not None and found.view.startswith(expected)
    assert found.as_dict()["view"] == found.view


def test_calls_say_consumer_and_provider_themselves() -> None:
    sides = [http(request={"type": kind}) for kind in ("string", "integer")]
    assert [one.view for one in compared(*sides).changes] == [None]
