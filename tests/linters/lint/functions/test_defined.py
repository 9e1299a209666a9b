from linters.lint.javascript import UNDEFINED
from tests.linters.lint.linting import ask


def test_only_what_is_missing_is_undefined() -> None:
    assert [len(ask("defined", value)) for value in (UNDEFINED, None, 0, "")] == [1, 0, 0, 0]
