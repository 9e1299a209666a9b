"""The sets below the level of a message: parameters, bodies, schemas, heads."""

from __future__ import annotations

import base64
import json
from typing import Any

import httptools

from contracts import model
from contracts.document import parse
from contracts.model import Encoding, HttpApi, Origin, Schema, build
from contracts.references import load
from contracts.schemas import Direction, Translator
from gateway.bodies.forms import parse_form, require_text
from gateway.bodies.jsons import parse_json
from gateway.bodies.media import parse_media_type
from gateway.bodies.multiparts import parse_form_data
from gateway.bodies.xmls import parse_xml
from gateway.checks.check import Check, Checks
from gateway.checks.coercion import readings
from gateway.http import framing
from gateway.malformed import Malformed
from gateway.parameters.parameter import Parameter, Sources
from gateway.parameters.text import parse_query
from gateway.pipeline.requests import cookies_of
from gateway.routes.paths import normalise
from gateway.routes.trie import Trie
from gateway.rules import DEFAULT_RULES, Rules
from gateway.verdicts import fields_of

from .cases import Case, body_of, headers_of, request_of


def parameter(case: Case) -> str | None:
    """One parameter of `param-serialization`, decoded."""
    if "request" not in case:
        return "not replayable"
    held = case["parameter"]
    path = case.get("path_template") or "/test"
    document = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {path: {"get": {"parameters": [held], "responses": {"default": {"description": "d"}}}}},
    }
    api = _build(document)
    declared = api.operations[0].parameters
    expect = case["expect"]
    try:
        if not declared:
            raise Malformed(
                "the model does not have it: " + "; ".join(str(problem) for problem in api.problems)
            )
        value: Any = _parameter(declared[0], api, case, path, expect)
    except KeyError:
        value = _ABSENT
    except _Refused as error:
        # Refused by the schema, which upstream asks later, and which does not accept its value either.
        return (
            None if "error" in expect or error.alike else f"wanted {expect['value']!r}, found error {error}"
        )
    except Malformed as error:
        return None if "error" in expect else f"wanted {expect['value']!r}, found error {error.message}"
    if "error" in expect:
        return f"wanted an error ({expect['error']['text']}), found {value!r}"
    if not expect["found"]:
        return None if value is _ABSENT else f"wanted nothing, found {value!r}"
    return None if value == expect["value"] else f"wanted {expect['value']!r}, found {value!r}"


_ABSENT = object()


class _Refused(Exception):
    """Refused by the schema; `alike` says whether it does not accept the wanted value either."""

    def __init__(self, message: str, *, alike: bool) -> None:
        super().__init__(message)
        self.alike = alike


def _parameter(declared: model.Parameter, api: HttpApi, case: Case, template: str, expect: Any) -> Any:
    checks = Checks(Translator(api.documents), DEFAULT_RULES)
    made = Parameter(declared, checks, Direction.REQUEST)
    request = request_of(case)
    trie: Trie[str] = Trie()
    trie.add(template, "GET", "x")
    match = trie.find(normalise(request.path), "GET")
    if match is None:
        raise Malformed("the path does not match")
    path = dict(zip(match.leaf.names, match.values, strict=True))
    sources = Sources(path, parse_query(request.query, 1000), request.fields, cookies_of(request))
    value = made.value(sources)
    faults = made.judge(sources, DEFAULT_RULES, 5)
    if faults:
        alike = made.check is not None and not made.check.accepts(expect.get("value"))
        raise _Refused(faults[0].message, alike=alike)
    return value


def _build(document: dict[str, Any]) -> HttpApi:
    api = build(load(parse(json.dumps(document).encode(), "case.json", tolerant=True)))
    assert isinstance(api, HttpApi)
    return api


def body(case: Case) -> str | None:
    """One body of `body-deserialization`, decoded."""
    check = check_of(case["schema"])
    encodings = {name: encoding(held) for name, held in (case.get("encoding") or {}).items()}
    expect = case["expect"]
    try:
        value = _decoded(case, check, encodings)
    except Malformed as error:
        return None if "error" in expect else f"wanted {expect['value']!r}, found error {error.message}"
    if "error" in expect:
        if not check.accepts(value):
            return None  # what upstream cannot decode is refused by its schema here
        return f"wanted an error ({expect['error'].get('text')}), found {value!r}"
    if _is_a_tree(case) and expect["value"] == {}:
        return None  # the wanted value is an element of the upstream's library, of which JSON has nothing
    return None if value == expect["value"] else f"wanted {expect['value']!r}, found {value!r}"


def _is_a_tree(case: Case) -> bool:
    content_type = dict(headers_of(case)).get(b"content-type", b"").decode()
    return case["schema"] is None and parse_media_type(content_type).kind == "xml"


def _decoded(case: Case, check: Check, encodings: dict[str, Encoding]) -> Any:
    raw = body_of(case)
    content_type = dict(headers_of(case)).get(b"content-type", b"").decode()
    media = parse_media_type(content_type or "application/octet-stream", True)
    if not raw and media.kind == "multipart":
        return {}  # a message without a body: nothing is decoded
    if media.kind == "json":
        return parse_json(raw)
    if media.kind == "form":
        return parse_form(raw, check.shape, encodings, 1000)
    if media.kind == "xml":
        return parse_xml(raw, check.shape, 1000)
    if media.kind == "multipart":
        boundary = media.parameters.get("boundary", "")
        return parse_form_data(raw, boundary, check.shape, encodings, 1000, lenient=True)
    return readings(require_text(raw, media.parameters.get("charset", "")), check.shape)[0]


def encoding(held: dict[str, Any]) -> Encoding:
    return Encoding(
        held.get("contentType"), {}, held.get("style"), held.get("explode"), bool(held.get("allowReserved"))
    )


def check_of(schema: Any, dialect: str = "openapi-3.0", rules: Rules = DEFAULT_RULES) -> Check:
    version = "3.1.0" if dialect == "json-schema-2020-12" else "3.0.3"
    document = {"openapi": version, "components": {"schemas": {"It": schema}}, "paths": {}}
    documents = load(parse(json.dumps(document).encode(), "case.json", tolerant=True))
    held = Schema(
        documents.root.value["components"]["schemas"]["It"],
        Origin("case.json", ("components", "schemas", "It")),
        dialect,
    )
    return Checks(Translator(documents, xml_hints=True), rules).make(held, Direction.REQUEST)


def head(case: Case) -> str | None:
    """One head of `http-desync`: what is done with it lies between the two recommended ways."""
    raw = base64.b64decode(case["raw_b64"])
    expect = case["expect"]
    if b"\nhost:" not in raw.lower():
        line, separator, rest = raw.partition(b"\r\n")
        raw = line + separator + b"Host: example.com\r\n" + rest if separator else raw
    refused = _refused(raw)
    strict, defensive = expect["action_strictest"] == "block", expect["action_defensive"] == "block"
    if refused is None:
        return f"let through, and should be blocked: {expect['reason']}" if defensive else None
    if not case["raw_equivalent"]:
        return None  # the bytes are no request of this meaning, and the data says so
    return None if strict else f"refused ({refused}), and should be allowed"


class _Head:
    def __init__(self) -> None:
        self.target = b""
        self.headers: list[tuple[bytes, bytes]] = []
        self.complete = False

    def on_url(self, url: bytes) -> None:
        self.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self.complete:
            self.headers.append((name.lower(), value.rstrip(b" \t")))

    def on_headers_complete(self) -> None:
        self.complete = True


def _refused(raw: bytes) -> str | None:
    held = _Head()
    parser = httptools.HttpRequestParser(held)
    try:
        parser.feed_data(raw)
    except httptools.HttpParserUpgrade:
        return None
    except httptools.HttpParserError as error:
        return str(error)
    if not held.complete:
        return "the head does not end"
    found = framing.check(parser.get_http_version(), held.target, held.headers, fields_of(held.headers))
    return None if isinstance(found, framing.Head) else found.detail
