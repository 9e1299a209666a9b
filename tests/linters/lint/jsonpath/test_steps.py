import pytest

from linters.lint.jsonpath.steps import Slice


@pytest.mark.parametrize(
    ("start", "stop", "step", "held"),
    [
        (None, None, 1, [0, 1, 2, 3]),
        (1, 3, 1, [1, 2]),
        (-1, None, 1, [3]),
        (-9, 2, 1, [0, 1]),
        (None, -1, 1, [0, 1, 2]),
        (1, None, 2, [1, 3]),
    ],
)
def test_slices(start: int | None, stop: int | None, step: int, held: list[int]) -> None:
    assert [index for index in range(4) if Slice(start, stop, step).holds(index, 4)] == held
