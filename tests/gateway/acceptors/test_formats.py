from __future__ import annotations

import random

import pytest

from gateway.acceptors.automata import automaton_of
from gateway.acceptors.formats import PATTERNS, is_unknown
from gateway.checks.validators import compile_validator

_KNOWN = (
    "date", "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri",
    "uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex", "byte",
    "base64url",
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_the_validator_accepts_whatever_a_pattern_matches(name: str) -> None:
    chance, validator = random.Random(name), compile_validator({"format": name}, formats=True)
    automaton = automaton_of(PATTERNS[name])
    seen = set()
    for _ in range(3_000):
        state, text = 0, ""
        while len(text) < 200:
            if state in automaton.accepting:
                seen.add(text)
                if chance.random() < 0.3:
                    break
            moves = automaton.moves[state]
            if not moves:
                break
            byte = chance.choice(list(moves))
            state, text = moves[byte], text + chr(byte)
    assert len(seen) > 100
    assert [text for text in seen if not validator.is_valid(text)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("date", "2026-12-31"),
        ("date-time", "2026-11-28T19:33:58.123Z"),
        ("date-time", "2026-11-28T19:33:58+01:00"),
        ("uuid", "6f0cf1c5-0c1e-4f0a-9f3e-0123456789AB"),
        ("email", "first.last@warehouse-4.example.com"),
        ("ipv4", "192.0.2.17"),
        ("uri", "https://api.example.com:8443/v1/orders/4711?expand=lines"),
        ("byte", "YWJjZA=="),
    ],
)
def test_what_senders_write_is_matched(name: str, text: str) -> None:
    automaton, state = automaton_of(PATTERNS[name]), 0
    for byte in text.encode():
        state = automaton.moves[state][byte]
    assert state in automaton.accepting


@pytest.mark.parametrize("name", _KNOWN)
def test_formats_that_the_validator_minds_are_not_passed_over(name: str) -> None:
    assert not is_unknown(name)


@pytest.mark.parametrize("name", ["int32", "double", "password", "binary", "gtin-14"])
def test_formats_that_say_nothing_to_it_are(name: str) -> None:
    assert is_unknown(name)
