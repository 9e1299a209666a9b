from __future__ import annotations

import hashlib

from registry.services import secrets


def test_a_key_reads_as_agreed_with_the_gateway() -> None:
    made = secrets.make("lk")
    kind, identifier, random = made.text.split("_", 2)
    assert (kind, identifier, len(identifier), len(random)) == ("lk", made.id, 8, 43)
    assert made.sha256 == hashlib.sha256(made.text.encode()).hexdigest()
    assert secrets.make("lk").text != made.text


def test_a_secret_is_not_shown_by_accident() -> None:
    made = secrets.make("lk")
    assert made.text not in repr(made)


def test_only_what_looks_like_a_secret_has_an_id() -> None:
    made = secrets.make("lt")
    assert secrets.identifier("lt", made.text) == made.id
    for wrong in ("", made.text + "x", made.text[:-1], "lk" + made.text[2:], made.text + "\n"):
        assert secrets.identifier("lt", wrong) is None
    assert secrets.same(made.sha256, made.text)
    assert not secrets.same(made.sha256, made.text[:-1])
