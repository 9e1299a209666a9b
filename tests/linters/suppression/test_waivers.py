from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from contracts.errors import ContractError
from linters.suppression import read_waivers
from linters.suppression.waivers import BrokenWaivers

FINE = {
    "rule": "auth-stated",
    "reason": "The carrier's terminal cannot sign in.",
    "owner": "order-desk",
    "approver": "architecture",
    "until": "2030-01-31",
}


def read(*waivers: Any) -> Any:
    return read_waivers(json.dumps(list(waivers)).encode(), "waivers.yaml")


def test_what_a_waiver_states() -> None:
    text = b"""
- rule: naming-*
  file: api/*.yaml
  pointer: /paths/~1orders/0
  fingerprint: 0123456789abcdef0123456789abcdef
  reason: ' Agreed. '
  owner: order-desk
  approver: architecture
  until: 2030-01-31
"""
    (one,) = read_waivers(text, "waivers.yaml")
    assert (one.rule, one.reason, one.owner, one.approver) == (
        "naming-*",
        "Agreed.",
        "order-desk",
        "architecture",
    )
    assert (one.file, one.pointer, one.until) == ("api/*.yaml", ("paths", "/orders", "0"), date(2030, 1, 31))
    assert one.fingerprint == "0123456789abcdef0123456789abcdef"
    assert (one.source, one.range.start.line) == ("waivers.yaml", 1)


def test_place_and_fingerprint_may_be_left_out() -> None:
    (one,) = read(FINE)
    assert (one.file, one.pointer, one.fingerprint) == (None, None, None)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        *[({key: None}, f"has no '{key}'") for key in FINE],
        ({"reason": " "}, "'reason' is a text"),
        ({"reason": 7}, "'reason' is a text"),
        ({"reason": "r" * 3_000}, "longer than"),
        ({"rule": "*"}, "names one rule"),
        ({"until": "soon"}, "'soon' is no day"),
        ({"pointer": "paths"}, "no JSON Pointer"),
        ({"fingerprint": "abc"}, "32 hexadecimal digits"),
        ({"file": "[z-a].yaml"}, "no pattern of files"),
        ({"expires": "2030-01-01"}, "has no 'expires'"),
    ],
)
def test_a_broken_one_is_an_error(change: dict[str, Any], words: str) -> None:
    waiver = {key: value for key, value in {**FINE, **change}.items() if value is not None}
    with pytest.raises(BrokenWaivers, match=words):
        read(FINE, waiver)


def test_the_error_names_the_line() -> None:
    text = "- rule: a\n  reason: r\n  owner: o\n  approver: b\n  until: never\n"
    with pytest.raises(BrokenWaivers) as raised:
        read_waivers(text.encode(), "waivers.yaml")
    assert raised.value.place == "waivers.yaml:5:10"
    assert raised.value.pointer == "/0/until"


@pytest.mark.parametrize("text", ["rule: a\n", "- a\n", "[\n", ""])
def test_what_is_no_list_of_waivers(text: str) -> None:
    with pytest.raises(ContractError):
        read_waivers(text.encode(), "waivers.yaml")
