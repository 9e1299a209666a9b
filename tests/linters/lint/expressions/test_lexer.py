import pytest

from linters.lint.errors import ScriptError
from linters.lint.expressions.lexer import tokens


def _shown(source: str) -> list[str]:
    return [f"{token.kind}:{token.value}" for token in tokens(source)][:-1]


def test_tokens() -> None:
    assert _shown("@.a === 'it\\'s' && 0x1f") == [
        "name:@",
        "operator:.",
        "name:a",
        "operator:===",
        "text:it's",
        "operator:&&",
        "number:0x1f",
    ]


def test_a_slash_divides_behind_a_value_and_opens_a_pattern_elsewhere() -> None:
    assert _shown("a / b") == ["name:a", "operator:/", "name:b"]
    assert _shown("!/[/]x/i.test(a)")[:2] == ["operator:!", "regex:[/]x"]


def test_escapes() -> None:
    assert _shown(r'"\u0041\x42\n\u{43}"') == ["text:AB\nC"]


def test_unknown_characters() -> None:
    with pytest.raises(ScriptError, match="character 2"):
        tokens("a ; b")
