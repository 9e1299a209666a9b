from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from gateway.acceptors import acceptor as acceptors
from gateway.acceptors.acceptor import COLD, DOUBTED, HOT, KNOWN, UNKNOWN, Acceptor, Workshop
from gateway.acceptors.machine import Machine, Unusable

ORDER = {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]}
DEEP: dict[str, Any] = {}
for _ in range(2_000):
    DEEP = {"items": DEEP, "type": "array"}
GOOD, BAD = b'{"id":1}', b'{"id":"x"}'
_SECONDS = 20.0


@pytest.fixture
def workshop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    made = Workshop()
    monkeypatch.setattr(acceptors, "WORKSHOP", made)
    yield made
    made.rest(_SECONDS)


def of(schema: Any) -> Acceptor:
    return Acceptor(lambda: schema, formats=True, known_properties=False)


def warm(held: Acceptor, workshop: Workshop) -> Acceptor:
    for _ in range(HOT):
        assert held.judge(GOOD) == UNKNOWN
    workshop.rest(_SECONDS)
    return held


def test_a_schema_is_compiled_once_it_is_hot(workshop: Workshop) -> None:
    held = of(ORDER)
    for _ in range(HOT - 1):
        assert held.judge(GOOD) == UNKNOWN
    assert workshop.made == 0
    held.judge(GOOD)
    workshop.rest(_SECONDS)
    assert workshop.made == 1
    assert held.judge(GOOD) == KNOWN
    assert held.judge(BAD) == UNKNOWN
    assert held.judge(b" " * 300_000 + GOOD) == UNKNOWN


def test_of_what_is_known_a_few_are_judged_all_the_same(workshop: Workshop) -> None:
    held = warm(of(ORDER), workshop)
    told = [held.judge(GOOD) for _ in range(2_000)]
    assert told.count(DOUBTED) == 2
    assert told.count(KNOWN) == 1_998


def test_one_that_was_wrong_ends_all_of_it(workshop: Workshop) -> None:
    one, other = warm(of(ORDER), workshop), warm(of(ORDER), workshop)
    one.refuted()
    assert "the validator refuses" in workshop.problem
    for held in (one, other):
        for _ in range(2 * HOT):
            assert held.judge(GOOD) == UNKNOWN
    assert workshop.made == 0


def test_one_that_knows_too_little_is_let_go_and_tried_again_later(workshop: Workshop) -> None:
    held = warm(of(ORDER), workshop)
    for _ in range(201):
        held.judge(BAD)
    assert held.judge(GOOD) == UNKNOWN
    for _ in range(COLD):
        held.judge(GOOD)
    workshop.rest(_SECONDS)
    assert held.judge(GOOD) == KNOWN


def test_one_that_knows_most_stays(workshop: Workshop) -> None:
    held = warm(of(ORDER), workshop)
    for _ in range(1_000):
        held.judge(GOOD)
        held.judge(GOOD)
        held.judge(BAD)
    assert held.judge(GOOD) == KNOWN


@pytest.mark.parametrize(
    "schema", [False, {"not": {}}, {"enum": [str(number) for number in range(1_000)]}, DEEP]
)
def test_what_cannot_be_compiled_goes_on_as_before(workshop: Workshop, schema: Any) -> None:
    held = warm(of(schema), workshop)
    assert (workshop.made, workshop.problem) == (0, "")
    for _ in range(2 * HOT):
        assert held.judge(GOOD) == UNKNOWN


def test_only_so_many_are_kept(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acceptors, "MOST", 2)
    first, second, third = (warm(of(ORDER), workshop) for _ in range(3))
    assert workshop.made == 2
    assert first.judge(GOOD) == UNKNOWN
    assert [held.judge(GOOD) for held in (second, third)] == [KNOWN, KNOWN]
    warm(first, workshop)
    assert first.judge(GOOD) == KNOWN


def test_one_that_is_gone_takes_no_place(workshop: Workshop) -> None:
    held = warm(of(ORDER), workshop)
    assert workshop.made == 1
    del held
    assert workshop.made == 0


def test_where_many_are_asked_for_some_wait(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acceptors, "_ASKED", 0)
    held = warm(of(ORDER), workshop)
    assert held.judge(GOOD) == UNKNOWN
    monkeypatch.undo()
    monkeypatch.setattr(acceptors, "WORKSHOP", workshop)
    for _ in range(HOT):
        held.judge(GOOD)
    workshop.rest(_SECONDS)
    assert held.judge(GOOD) == KNOWN


def test_a_machine_that_breaks_off_ends_it(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    held = warm(of(ORDER), workshop)

    def broken(*_: object) -> bool:
        raise Unusable("it broke off")

    monkeypatch.setattr(Machine, "judge", broken)
    assert held.judge(GOOD) == UNKNOWN
    assert workshop.problem == "it broke off"


def test_a_machine_that_cannot_be_made_is_told(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise Unusable("no memory may be executed here")

    monkeypatch.setattr(Machine, "__init__", broken)
    held = warm(of(ORDER), workshop)
    assert workshop.problem == "no memory may be executed here"
    assert held.judge(GOOD) == UNKNOWN


def test_a_mistake_in_making_one_keeps_no_other_from_being_made(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: seen.append(told.exc_type))

    def wrong() -> Any:
        raise ZeroDivisionError

    warm(Acceptor(wrong, formats=True, known_properties=False), workshop)
    assert seen == [ZeroDivisionError]
    assert warm(of(ORDER), workshop).judge(GOOD) == KNOWN


def test_schemas_that_say_the_same_share_a_machine(workshop: Workshop) -> None:
    one, other = warm(of(ORDER), workshop), warm(of({**ORDER, "title": "Order"}), workshop)
    assert one._machine is other._machine
    assert warm(of({**ORDER, "minProperties": 1}), workshop)._machine is not one._machine
