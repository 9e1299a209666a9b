import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.lint.errors import ScriptError
from linters.lint.expressions.parse import parse
from linters.lint.expressions.syntax import Binary, Call, Literal, Member, Name, Unary


def test_precedence() -> None:
    assert parse("a || b && !c") == Binary("||", Name("a"), Binary("&&", Name("b"), Unary("!", Name("c"))))
    assert parse("1 + 2 * 3") == Binary("+", Literal(1), Binary("*", Literal(2), Literal(3)))
    assert parse("a - b - c") == Binary("-", Binary("-", Name("a"), Name("b")), Name("c"))


def test_members_and_calls() -> None:
    assert parse("@['a'].b(1)") == Call(Member(Member(Name("@"), Literal("a")), Literal("b")), (Literal(1),))


@pytest.mark.parametrize(
    "source",
    [
        "",
        "a b",
        "a =~ b",
        "(a",
        "a.",
        "a ? b",
        "x = 1",
        "() => 1",
        "(" * 200 + "1" + ")" * 200,
        "!" * 500 + "a",
        "a" * 20_000,
    ],
)
def test_what_is_no_expression_is_refused(source: str) -> None:
    with pytest.raises(ScriptError):
        parse(source)


@given(st.text("@.ab()[]'!&|=<>+-/ 1,?:", max_size=25))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    try:
        parse(source)
    except ScriptError as error:
        assert str(error)  # noqa: PT017


def test_a_long_chain_of_operators_is_refused_before_it_exhausts_the_stack() -> None:
    parse(" || ".join(["@"] * 100))
    with pytest.raises(ScriptError, match="chains more than"):
        parse(" || ".join(["@"] * 1_000))
