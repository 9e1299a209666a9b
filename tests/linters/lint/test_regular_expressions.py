from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.lint import regular_expressions
from linters.lint.errors import ScriptError
from linters.lint.regular_expressions import RegexTimeout, compile_pattern, from_text


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "found"),
    [
        ("^a$", "", "a\n", False),  # $ is the very end
        ("^b", "m", "a\nb", True),
        ("a.b", "", "a\nb", False),
        ("a.b", "s", "a\nb", True),
        (r"\d", "", "٣", False),  # ASCII digits only
        (r"\w", "", "é", False),
        (r"\s", "", "\ufeff", True),
        (r"\bé", "", "é", False),  # é is no word character
        (r"(?<=\$)\d+", "", "$12", True),
        (r"(?<!a)b", "", "ab", False),
        (r"(?<year>\d{4})-\k<year>", "", "2020-2020", True),
        (r"(a)\1", "", "aa", True),
        (r"\/x", "", "/x", True),
        (r"[^]", "", "\n", True),
        (r"[]", "", "x", False),
        (r"[\w-]+", "", "a-b", True),
        (r"[a-z&&b]", "", "&", True),  # no set operations
        (r"\u0041\x42", "", "AB", True),
        (r"\u{1F600}", "u", "😀", True),
        (r"\p{Lu}", "u", "É", True),
        ("x{", "", "x{", True),
        ("#", "", "#", True),
        ("A", "i", "a", True),
        (r"[\b]", "", "\b", True),
        (r"[^\S]", "", " ", True),
        (r"\cJ", "", "\n", True),
    ],
)
def test_patterns_mean_what_they_mean_in_javascript(pattern: str, flags: str, text: str, found: bool) -> None:
    assert compile_pattern(pattern, flags).test(text) is found


@pytest.mark.parametrize("pattern", ["(", "[", "a**", "?", "a\\", "(?P<x>a)", "(?i)a", "[b-a]", "a" * 20_000])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ScriptError):
        compile_pattern(pattern)


def test_flags() -> None:
    with pytest.raises(ScriptError, match="flags"):
        compile_pattern("a", "x")
    with pytest.raises(ScriptError, match="flags"):
        compile_pattern("a", "ii")
    assert not compile_pattern("b", "y").test("ab")


def test_a_pattern_between_slashes_has_flags() -> None:
    assert from_text("/^A/i").test("ab")
    assert from_text("^/a/b").test("/a/b")
    assert str(from_text("/x/gi")) == "/x/gi"


def test_a_hostile_pattern_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regular_expressions, "TIMEOUT", 0.05)
    with pytest.raises(RegexTimeout, match="backtracks"):
        compile_pattern("(.*?,){11,}P$").test(",".join("1" * 60))


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_a_pattern_or_is_refused(pattern: str, text: str) -> None:
    try:
        compiled = compile_pattern(pattern)
    except ScriptError:
        return
    assert compiled.test(text) in (True, False)


@pytest.mark.parametrize(
    ("source", "literal"),
    [
        ("<script", "<script"),
        (r"eval\(", "eval("),
        (r"example\.com", "example.com"),
        (r"a\d", None),
        ("a|b", None),
        ("a.b", None),
        ("", None),
        ("^a", None),
    ],
)
def test_a_pattern_without_operators_is_a_text(source: str, literal: str | None) -> None:
    assert compile_pattern(source).literal == literal
    assert compile_pattern(source, "i").literal is None
    if literal is not None:
        assert compile_pattern(source).test(f"x{literal}y")
        assert not compile_pattern(source).test(literal[1:])
