import pytest

from gateway.evidence.passwords import fits, hashed, parsed

LIGHT = {"n": 1024, "r": 1}


def test_what_was_hashed_fits_and_nothing_else() -> None:
    stored = hashed(b"planted", **LIGHT)
    assert fits(b"planted", stored)
    assert not fits(b"planted ", stored)
    assert "planted" not in stored
    assert hashed(b"planted", **LIGHT) != stored


@pytest.mark.parametrize(
    "stored",
    [
        "plain",
        "scrypt$16384$8$1$AAAA",
        "scrypt$16384$8$1$***$AAAA",
        "scrypt$x$8$1$AAAA$AAAA",
        "scrypt$1000$8$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "scrypt$512$8$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "scrypt$1048576$8$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "scrypt$16384$8$1$AAAA$AAAA",
    ],
)
def test_what_is_no_hash_or_costs_too_little_or_too_much(stored: str) -> None:
    with pytest.raises(ValueError):
        parsed(stored)
