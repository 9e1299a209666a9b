from linters.lint.javascript import UNDEFINED
from tests.linters.lint.linting import ask

VALUES = {"values": ["a", 1, None]}


def test_scalars_are_among_the_values() -> None:
    assert [len(ask("enumeration", value, VALUES)) for value in ("a", 1, None, "b", True)] == [0, 0, 0, 1, 1]


def test_other_targets_are_passed_over() -> None:
    assert [ask("enumeration", value, VALUES) for value in ([], {}, UNDEFINED)] == [[], [], []]
