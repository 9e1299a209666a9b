from linters.lint.collation import key


def test_letters_then_accents_then_case() -> None:
    words = ["_a", "-a", "1", "a", "A", "á", "b", "B", "é", "f", "z"]
    shuffled = ["z", "B", "é", "1", "A", "_a", "f", "á", "a", "b", "-a"]
    assert sorted(shuffled, key=key) == words


def test_punctuation_comes_before_digits_and_letters() -> None:
    assert key("/a") < key("0") < key("a")
