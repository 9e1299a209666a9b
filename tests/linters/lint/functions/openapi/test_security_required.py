from __future__ import annotations

from typing import Any

import pytest

from contracts.references import from_files
from linters.lint.function import Context
from linters.lint.functions.openapi.security_required import FUNCTION

KEY = [{"key": []}]


def open_ones(document: Any, **options: Any) -> list[str]:
    context = Context((), document, from_files({"a.yaml": b"a: 1"}, "a.yaml"), frozenset())
    return ["/".join(map(str, p.below)) for p in FUNCTION.prepare(options)(document, context) or ()]


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ({"paths": {"/a": {"get": {}}}}, ["paths//a/get/security"]),
        ({"paths": {"/a": {"get": {"security": []}}}, "security": KEY}, ["paths//a/get/security"]),
        ({"paths": {"/a": {"get": {}}}, "security": []}, ["paths//a/get/security"]),
        ({"paths": {"/a": {"get": {}}}, "security": KEY}, []),
        ({"paths": {"/a": {"get": {"security": KEY}}}}, []),
        ({"paths": {"/a": {"parameters": [], "x-get": {}, "get": None}, "/b": None}}, []),
        ({"paths": []}, []),
        ([], []),
    ],
)
def test_operations_that_nothing_protects(document: Any, found: list[str]) -> None:
    assert open_ones(document) == found


def test_only_the_methods_that_are_asked_for() -> None:
    document = {"paths": {"/a": {"get": {}, "post": {}}}}
    assert open_ones(document, methods=["post", "put"]) == ["paths//a/post/security"]
