from linters.lint.expressions.parse import parse
from linters.lint.expressions.syntax import Literal, Member, Name, depth, parts


def test_parts_compare_by_value() -> None:
    assert Member(Name("@"), Literal("a")) == Member(Name("@"), Literal("a"))
    assert Member(Name("@"), Literal("a")) != Member(Name("@"), Literal("b"))
    assert len({Literal(1), Literal(1)}) == 1


def test_depth_counts_what_stands_in_one_another() -> None:
    assert depth(parse("@")) == 1
    assert depth(parse("@.a === 1 && !@.b")) == 4
    assert depth(parse("[1, @.f('x') ? 2 : 3]")) == 5
    assert parts(parse("!@")) == (Name("@"),)
