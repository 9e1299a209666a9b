from __future__ import annotations

from datetime import UTC, datetime

from registry.domain.dependents import Dependent, told

LAST = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


def test_each_is_told_with_its_last_call() -> None:
    called = Dependent("acme-wms", False, 3, LAST, ("production",))
    assert told([called]) == "acme-wms called it last on 2026-11-20"
    assert told([called, Dependent(None, False, 1, LAST), Dependent("tms", True)]) == (
        "acme-wms called it last on 2026-11-20, callers without a key called it last on 2026-11-20, "
        "and tms subscribes to it"
    )
    assert told([]) == ""


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    many = [Dependent(f"c{number}", True) for number in range(1_205)]
    assert told(many).endswith("c4 subscribes to it, and 1,200 more")
    assert "c5" not in told(many)
