from tests.linters.lint.linting import ask


def test_at_least_one_is_given() -> None:
    values = ({"a": 1}, {"a": 1, "b": 2}, {"b": None}, {}, [1], "text")
    assert [len(ask("or", value, {"properties": ["a", "b"]})) for value in values] == [0, 0, 0, 1, 0, 0]
