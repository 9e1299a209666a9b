import pytest

from linters.lint.errors import ScriptError
from tests.linters.lint.linting import ask


def test_match_and_not_match() -> None:
    options = {"match": "^a", "notMatch": "/B$/i"}
    assert [len(ask("pattern", text, options)) for text in ("ac", "ab", "cb", "c")] == [0, 1, 2, 1]


def test_what_is_no_text_is_passed_over() -> None:
    assert ask("pattern", 1, {"match": "^a"}) == []


def test_a_bad_pattern_is_refused_before_anything_runs() -> None:
    with pytest.raises(ScriptError, match="flags"):
        ask("pattern", "a", {"match": "/a/invalid"})


def test_two_slashes_are_slashes() -> None:
    assert [len(ask("pattern", text, {"notMatch": "//"})) for text in ("/a/b", "/a//b")] == [0, 1]
