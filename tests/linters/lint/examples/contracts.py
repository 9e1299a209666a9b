"""Short ways to get the examples of a contract in a test."""

from __future__ import annotations

from contracts.model import HttpApi, build
from contracts.references import from_files
from linters.lint.examples import Shown


def http(text: str) -> HttpApi:
    api = build(from_files({"a.yaml": text.encode()}, "a.yaml"))
    assert isinstance(api, HttpApi)
    return api


def place(shown: Shown) -> str:
    return "/".join(map(str, shown.origin.path))
