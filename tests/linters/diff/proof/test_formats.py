from __future__ import annotations

import pytest

from linters.diff.proof.formats import CHECKER, EXAMPLES, contained, restricts


@pytest.mark.parametrize("name", sorted(name for name in EXAMPLES if restricts(name)))
def test_every_example_is_of_its_format(name: str) -> None:
    assert CHECKER.conforms(EXAMPLES[name], name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("date-time", "2000-01-01"),
        ("uri", "no scheme"),
        ("hostname", "-a"),
        ("duration", "P"),
        ("byte", "***"),
        ("int32", 2**31),
        ("int64", -(2**63) - 1),
        ("uuid", "x"),
    ],
)
def test_what_is_of_no_format_is_told(name: str, value: object) -> None:
    assert not CHECKER.conforms(value, name)


def test_other_types_are_let_pass() -> None:
    assert CHECKER.conforms(5, "uri")
    assert CHECKER.conforms("5", "int32")


def test_containment_of_formats() -> None:
    assert contained("int32", "int64")
    assert contained("date", "date")
    assert not contained("date", "date-time")
    assert not contained("int64", "int32")
    assert not restricts("password")
