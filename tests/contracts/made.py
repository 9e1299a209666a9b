"""Contracts made from a few lines of YAML, for tests."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import jsonschema_rs

from contracts.document import parse
from contracts.model import EventApi, HttpApi, Origin, Schema, build
from contracts.references import DocumentSet, from_files, load
from contracts.schemas import Direction, Translated, Translator


def documents(text: str, **files: str) -> DocumentSet:
    """The set of `main.yaml` and of `files`, whose names are written with `__` for `/` and get `.yaml`."""
    contents = {"main.yaml": dedent(text).encode()}
    contents.update(
        (name.replace("__", "/") + ".yaml", dedent(each).encode()) for name, each in files.items()
    )
    return from_files(contents, "main.yaml")


def http(
    text: str, head: str = "openapi: 3.0.3\ninfo: {title: T, version: 1.0.0}\n", **files: str
) -> HttpApi:
    api = build(documents(head + dedent(text), **files))
    assert isinstance(api, HttpApi)
    return api


def events(
    text: str, head: str = "asyncapi: 3.0.0\ninfo: {title: T, version: 1.0.0}\n", **files: str
) -> EventApi:
    api = build(documents(head + dedent(text), **files))
    assert isinstance(api, EventApi)
    return api


def translate(
    text: str,
    dialect: str = "openapi-3.0",
    direction: Direction | None = None,
    schema: str = "S",
    **options: Any,
) -> Translated:
    """The translation of `components.schemas.S` of a document that consists of `components.schemas`."""
    made = load(parse(dedent(text).encode(), "main.yaml"))
    path = ("components", "schemas", schema)
    value = made.root.value["components"]["schemas"][schema]
    return Translator(made, **options).translate(Schema(value, Origin("main.yaml", path), dialect), direction)


def accepts(translated: Translated, instance: Any) -> bool:
    """Whether the translated schema lets an instance pass."""
    return jsonschema_rs.Draft202012Validator(translated.schema, offline=True).is_valid(instance)
