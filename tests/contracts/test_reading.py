from __future__ import annotations

import pytest

from contracts.limits import Limits
from contracts.reading import Budget, TooMuch


def test_nodes_are_counted() -> None:
    budget = Budget(Limits(nodes=2))
    budget.spend(2, 0)
    with pytest.raises(TooMuch) as raised:
        budget.spend(1, 7)
    assert (raised.value.what, raised.value.limit, raised.value.offset) == ("nodes", 2, 7)


def test_depth_is_what_is_open_at_once() -> None:
    budget = Budget(Limits(depth=1))
    budget.enter(0)
    budget.leave()
    budget.enter(1)
    with pytest.raises(TooMuch, match="levels"):
        budget.enter(2)
