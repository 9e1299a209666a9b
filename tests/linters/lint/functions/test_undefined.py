from linters.lint.javascript import UNDEFINED
from tests.linters.lint.linting import ask


def test_even_null_is_defined() -> None:
    assert [len(ask("undefined", value)) for value in (UNDEFINED, None, 0, "")] == [0, 1, 1, 1]
