"""What is shown in which document."""

from __future__ import annotations

from lsprotocol import types

from lading.lsp.published import Published


def one(code: str, line: int = 0) -> types.Diagnostic:
    place = types.Position(line, 0)
    return types.Diagnostic(types.Range(place, place), "no", code=code)


def codes(shown: dict[str, list[types.Diagnostic]]) -> dict[str, list[object]]:
    return {uri: [found.code for found in listed] for uri, listed in shown.items()}


def test_each_document_takes_back_its_own_findings_only() -> None:
    published = Published()
    assert codes(published.replace("a", {"a": [one("x")], "shared": [one("y")]})) == {
        "a": ["x"],
        "shared": ["y"],
    }
    assert codes(published.replace("b", {"b": [], "shared": [one("y"), one("z", 1)]})) == {
        "b": [],
        "shared": ["y", "z"],
    }
    assert codes(published.replace("a", {"a": []})) == {"a": [], "shared": ["y", "z"]}
    assert codes(published.replace("b", {})) == {"b": [], "shared": []}
    assert published.replace("b", {}) == {}
