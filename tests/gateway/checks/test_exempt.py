"""Exempt places: whole names, parts of names, any depth, and all that lies below."""

import pytest

from gateway.checks.exempt import Exempt
from gateway.verdicts import Place


@pytest.mark.parametrize(
    ("pattern", "place", "pointer", "covered"),
    [
        ("body/metadata", "body", "/metadata", True),
        ("body/metadata", "body", "/metadata/any/thing", True),
        ("body/metadata", "body", "/metadata2", False),
        ("body/metadata", "header", "/metadata", False),
        ("body/metadata/*", "body", "/metadata", False),
        ("body/*/note", "body", "/lines/note", True),
        ("body/**/note", "body", "/orders/0/lines/1/note", True),
        ("body/**/note", "body", "/note", True),
        ("header/x-internal-*", "header", "/X-Internal-Id", True),
        ("query", "query", "/anything", True),
        ("body/a.c", "body", "/abc", False),
    ],
)
def test_patterns_cover_places(pattern: str, place: Place, pointer: str, covered: bool) -> None:
    assert Exempt([pattern])(place, pointer) is covered


def test_nothing_is_exempt_by_default() -> None:
    assert not Exempt()("body", "/a")
