from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


@pytest.mark.parametrize(
    ("value", "options", "below"),
    [
        ({"c": 1, "b": 2}, {}, [("c",)]),
        ({"a": 1, "B": 2, "c": 3}, {}, []),
        (["b", "a", "c"], {}, [(0,)]),
        ([10, 9], {}, [(0,)]),
        (["10", "9"], {}, []),
        (["é", "f"], {}, []),
        ([{"n": "b"}, {"n": "a"}], {"keyedBy": "n"}, [()]),
        ([{"n": "a"}, {"n": "b"}], {"keyedBy": "n"}, []),
        ([{"n": "a"}, {}], {"keyedBy": "n"}, [()]),
        ([1, None], {}, [()]),
        ([1], {}, []),
        ("text", {}, []),
    ],
)
def test_the_first_pair_out_of_order_is_told(value: Any, options: dict[str, Any], below: list[Any]) -> None:
    assert [problem.below for problem in ask("alphabetical", value, options)] == below
