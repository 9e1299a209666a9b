from __future__ import annotations

from typing import Any

import pytest

from contracts.pointers import Path
from contracts.references import from_files
from linters.lint.function import Context, Problem
from linters.lint.functions.major_agrees import FUNCTION


def problems(target: Any) -> list[Problem]:
    context = Context((), target, from_files({"a.yaml": b"a: 1"}, "a.yaml"), frozenset())
    return list(FUNCTION.prepare({})(target, context) or ())


def document(version: Any, url: str = "/", path: str = "/orders") -> dict[str, Any]:
    return {"info": {"version": version}, "servers": [{"url": url}], "paths": {path: {}}}


@pytest.mark.parametrize(
    ("target", "where"),
    [
        (document("2.0.0", "https://api.example.com/v2"), []),
        (document("1.0.0", "https://api.example.com/v2"), [("servers", 0, "url")]),
        (document("1.0.0", "/api/v2/orders"), [("servers", 0, "url")]),
        (document("1.0.0", "https://v2.example.com/orders"), []),
        (document("1.0.0", "https://{host}/v2"), [("servers", 0, "url")]),
        (document("1.0.0", path="/v3/orders"), [("paths", "/v3/orders")]),
        (document("1.0.0", path="/V3.1/orders"), [("paths", "/V3.1/orders")]),
        (document("1.0.0", path="/v3x/orders"), []),
        (document("v1.2", path="/v1/orders"), []),
        (document("v1", path="/v2/orders"), []),
        (document("2026-03-01", path="/v2/orders"), []),
        (document("20260301.1", path="/v2/orders"), []),
        (document(1.0, path="/v2/orders"), []),
        ({"info": {"version": "3.0.0"}, "basePath": "/v1"}, [("basePath",)]),
    ],
)
def test_which_addresses_disagree(target: Any, where: list[Path]) -> None:
    assert [problem.at or problem.below for problem in problems(target)] == where


def test_the_message_tells_both_numbers() -> None:
    (problem,) = problems(document("1.8.0", "/v2"))
    assert problem.message == "`/v2` says version 2, info.version says 1."


@pytest.mark.parametrize(
    "target", [None, [], {}, {"info": []}, {"info": {"version": "1.0.0"}, "servers": {"a": 1}, "paths": []}]
)
def test_odd_documents_are_left_alone(target: Any) -> None:
    assert problems(target) == []
