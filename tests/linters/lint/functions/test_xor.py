from tests.linters.lint.linting import ask

OPTIONS = {"properties": ["a", "b", "c"]}


def test_exactly_one_is_given() -> None:
    values = ({"a": 1}, {"b": None}, {}, {"a": 1, "c": 2}, [], None)
    assert [len(ask("xor", value, OPTIONS)) for value in values] == [0, 0, 1, 1, 0, 0]


def test_the_message_says_what_was_found() -> None:
    (problem,) = ask("xor", {"a": 1, "c": 2}, OPTIONS)
    assert problem.message == '"x" property may have only one of "a", "b", "c"; it has "a" and "c".'
