from gateway.callers.evidence import NONE, Password, TokenState


def test_needs_are_equal_by_what_is_needed_and_do_not_show_it() -> None:
    assert TokenState(b"1", "planted") == TokenState(b"1", "other")
    assert "planted" not in repr((TokenState(b"1", "planted"), Password(b"1", b"planted", "planted")))


def test_nothing_is_known_to_begin_with() -> None:
    assert (NONE.keys, NONE.tokens, NONE.passwords) == ({}, {}, {})
