from __future__ import annotations

import pytest

from linters.diff.walk import security
from tests.linters.diff.building import http

SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "oauth": {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "https://a.b/t", "scopes": {"r": "", "w": ""}}},
    },
}


def api(demanded: object, schemes: object = None):
    more = {} if demanded is None else {"security": demanded}
    return http(operation=more, components={"securitySchemes": SCHEMES if schemes is None else schemes})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([{"key": []}], [{"key": []}], []),
        ([{"key": []}], [{"key": []}, {"oauth": []}], [("security", "added")]),
        ([{"key": []}, {"oauth": []}], [{"key": []}], [("security", "removed")]),
        ([{"key": []}], [{"oauth": []}], [("security", "removed"), ("security", "added")]),
        (None, [{"key": []}], [("security", "demanded")]),
        ([{"key": []}], [], [("security", "lifted")]),
        ([{"oauth": ["r"]}], [{"oauth": ["r", "w"]}], [("security-scope", "added")]),
        ([{"oauth": ["r", "w"]}], [{"oauth": ["r"]}], [("security-scope", "removed")]),
        ([{"key": []}], [{"key": [], "oauth": []}], [("security", "removed")]),
    ],
)
def test_requirements(old: object, new: object, expected: list[tuple[str, str]]) -> None:
    pair = api(old).operations[0], api(new).operations[0]
    found = [(one.element, one.action) for one in security.requirements(*pair, {})]
    assert [one for one in found if one in expected] == expected
    assert bool(found) == bool(expected)


def test_a_renamed_scheme_is_the_same_scheme() -> None:
    base, revision = api([{"key": []}]), api([{"K": []}], {"K": SCHEMES["key"], "oauth": SCHEMES["oauth"]})
    renamed = security.renamed_schemes(base.security_schemes, revision.security_schemes)
    assert renamed == {"K": "key"}
    assert not list(security.requirements(base.operations[0], revision.operations[0], renamed))


@pytest.mark.parametrize(
    ("changed", "action"),
    [
        ({"key": {"type": "http", "scheme": "basic"}}, "type-changed"),
        ({"key": {"type": "apiKey", "in": "query", "name": "X-Key"}}, "location-changed"),
        ({"oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://c.d/t", "scopes": {"r": "", "w": ""}}}}}, "oauth-token-url-changed"),
        ({"oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://a.b/t", "scopes": {"r": ""}}}}}, "scope-removed"),
        ({"more": {"type": "http", "scheme": "basic"}}, "added"),
    ],
)  # fmt: skip
def test_schemes(changed: dict[str, object], action: str) -> None:
    base, revision = api(None), api(None, {**SCHEMES, **changed})
    found = security.schemes(base.security_schemes, revision.security_schemes)
    assert [one.action for one in found] == [action]


def test_no_credentials_are_named() -> None:
    assert security.named({}) == "no credentials"
    assert security.named({"b": (), "a": ()}) == "a and b"
