import pytest

from linters.lint.errors import ScriptError
from linters.lint.expressions.methods import call_method, member
from linters.lint.javascript import UNDEFINED
from linters.lint.regular_expressions import compile_pattern


def test_members() -> None:
    assert member("😀", "length") == 2
    assert member([1, 2], 1) == 2
    assert member([1], "5") is UNDEFINED
    assert member({"constructor": "own"}, "constructor") == "own"
    assert member(member(1, "constructor"), "name") == "Number"
    with pytest.raises(ScriptError, match="of null"):
        member(None, "a")


def test_methods() -> None:
    assert call_method("abc", "match", [compile_pattern("(b)(x)?")]) == ["b", "b", UNDEFINED]
    assert call_method("abc", "substring", [2, 0]) == "ab"
    assert call_method("abc", "search", ["c"]) == 2
    assert call_method(["a", None], "join", ["-"]) == "a-"
    assert call_method([1, 2], "includes", [2]) is True
    assert call_method("a", "charAt", [9]) == ""
    with pytest.raises(ScriptError, match="not a function"):
        call_method(1, "match", [])
    with pytest.raises(ScriptError, match="of undefined"):
        call_method(UNDEFINED, "match", [])
