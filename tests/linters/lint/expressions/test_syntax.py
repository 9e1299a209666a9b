from linters.lint.expressions.syntax import Literal, Member, Name


def test_parts_compare_by_value() -> None:
    assert Member(Name("@"), Literal("a")) == Member(Name("@"), Literal("a"))
    assert Member(Name("@"), Literal("a")) != Member(Name("@"), Literal("b"))
    assert len({Literal(1), Literal(1)}) == 1
