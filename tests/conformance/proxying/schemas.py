"""The set `libopenapi-validator-schema`: single schemas, headers and documents, below the level of a message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from contracts.document import parse
from contracts.model import Origin, Schema
from contracts.pointers import from_pointer
from contracts.references import Located, load
from contracts.schemas import Direction, Translator
from contracts.validity import check as check_document
from gateway.bodies.forms import parse_form
from gateway.bodies.jsons import parse_json
from gateway.bodies.xmls import parse_xml
from gateway.checks.check import Check, Checks
from gateway.checks.coercion import unquoted
from gateway.malformed import Malformed
from gateway.pipeline import decide, judge_response
from gateway.rules import Rules
from gateway.snapshot.operation import Modes
from gateway.standalone import standalone
from gateway.verdicts import DEFAULT_BOUNDS, Fault, Request, Response

from .cases import Case, body_of, build_api, request_of, response_of
from .decoders import check_of, encoding


def schema(case: Case, data: Path) -> str | None:
    """One case; None where what is found is what upstream finds."""
    kind, expect = case["kind"], case["expect"]
    if kind == "document":
        return _compared(expect["valid"], not _document(case))
    if kind == "strict-body":
        return _strict_body(case, data)
    if kind.startswith("strict-") or kind == "response-headers":
        return _headers(case)
    try:
        found = _accepts(case, _check(case, data))
    except Malformed:
        found = False
    return _compared(expect["valid"], found)


def _compared(wanted: Any, found: Any) -> str | None:
    return None if wanted == found else f"wanted {wanted}, found {found}"


def _document(case: Case) -> list[Any]:
    return list(check_document(load(parse(case["spec"].encode(), "case.yaml", tolerant=True))))


def rules_of(case: Case) -> Rules:
    """The settings that a case's options mean. Its ignored paths are ours, written `$.body.a[0]`."""
    options: dict[str, Any] = case.get("options") or {}
    policy: Any = "refuse" if options.get("strict") else "allow"
    one_way = options.get("strict_reject_read_only") or options.get("strict_reject_write_only")
    return Rules(
        formats=bool(options.get("format_assertions")),
        one_way="refuse" if one_way else "allow",
        text_scalars="allow" if options.get("scalar_coercion") else "refuse",
        unknown_query=policy,
        unknown_headers=policy,
        unknown_cookies=policy,
        unknown_properties=policy,
        unknown_exempt=tuple(map(_exempt, options.get("strict_ignore_paths") or ()))
        + tuple(f"header/{name}" for name in options.get("strict_ignored_headers") or ()),
    )


def _exempt(path: str) -> str:
    names = re.sub(r"\[([^\]]*)\]", r".\1", path.removeprefix("$.")).split(".")
    places = {"headers": "header", "cookies": "cookie"}
    return "/".join([places.get(names[0], names[0]), *names[1:]])


def _check(case: Case, data: Path) -> Check:
    text = case.get("spec")
    if text is None and "spec_ref" in case:
        text = (data / case["spec_ref"]).read_text("utf-8")
    rules = rules_of(case)
    dialect = "openapi-3.0" if str(case.get("version", 3)) in ("3", "3.0") else "json-schema-2020-12"
    if text is None:
        return check_of(parse(case["schema_text"].encode(), tolerant=True).value, dialect, rules)
    documents = load(parse(text.encode(), "case.yaml", tolerant=True))
    located: Located = documents.locate(tuple(from_pointer(case["pointer"])))
    held = Schema(located.value, Origin(located.source, located.path), dialect)
    response = "response" in (case["kind"].partition("-")[0], case.get("direction"))
    translator = Translator(documents, refuse_one_way=rules.one_way == "refuse", xml_hints=True)
    return Checks(translator, rules).make(held, Direction.RESPONSE if response else Direction.REQUEST)


def _accepts(case: Case, check: Check) -> bool:
    if case["kind"] == "schema":
        payload = case["payload"]
        value = parse_json(payload.encode()) if case.get("payload_kind") == "json-text" else payload
        if rules_of(case).text_scalars == "allow":
            value = unquoted(value, check.shape)
        return check.accepts(value)
    if case["kind"] == "xml":
        return check.accepts(parse_xml(case["payload"].encode(), check.shape, 1000))
    if case["kind"] == "urlencoded":
        encodings = {
            name: encoding(parse(held.encode(), tolerant=True).value if isinstance(held, str) else held)
            for name, held in (case.get("encoding") or {}).items()
        }
        return check.accepts(
            parse_form(case["payload"].encode(), check.shape, encodings, DEFAULT_BOUNDS.parts)
        )
    message = case["response"] if case["kind"] == "response-schema" else case["request"]
    raw = body_of(message)
    return check.accepts(parse_json(raw)) if raw else not case.get("body_required")


def _strict_body(case: Case, data: Path) -> str | None:
    """What is undeclared, or flows the other way, by its path."""
    check = _check(case, data)
    value = case["data"]
    told = check.faults(value, "body", "", 50) if not check.accepts(value) else ()
    one_way = [fault for fault in told if fault.code == "falseSchema" and fault.pointer]
    found = {fault.pointer for fault in (*one_way, *check.undeclared(value, "body", "", 50))}
    wanted = {_pointer(entry["path"]) for entry in case["expect"]["undeclared"]}
    return _compared(sorted(wanted), sorted(found))


def _pointer(path: str) -> str:
    names = re.findall(r"\['([^']*)'\]|\[(\d+)\]|\.([^.\[]+)", path.removeprefix("$.body"))
    return "".join("/" + "".join(parts) for parts in names)


def _headers(case: Case) -> str | None:
    """Undeclared names in query, header fields and cookies, through an operation that declares the others."""
    wanted = {entry["name"].lower() for entry in case["expect"].get("undeclared") or ()}
    faults = list(_judged(case))
    if case["kind"] == "response-headers":
        return _compared(case["expect"]["valid"], not faults)
    return _compared(
        sorted(wanted), sorted(fault.pointer[1:] for fault in faults if fault.code == "unknown-parameter")
    )


def _judged(case: Case) -> Iterable[Fault]:
    operation: dict[str, Any] = {
        "parameters": [{"schema": {}, **_yaml(text)} for text in case.get("parameters") or ()],
        "security": [{name: [] for name in case.get("security_headers") or ()}],
        "responses": {"200": {"description": "d", "headers": dict(_declared(case))}},
    }
    schemes = {
        name: {"type": "apiKey", "in": "header", "name": name} for name in case.get("security_headers") or ()
    }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "components": {"securitySchemes": schemes},
        "paths": {"/test": {"get": operation}},
    }
    snapshot = standalone(
        build_api(json.dumps(document)), rules=rules_of(case), modes=Modes("enforce", "enforce")
    )
    given = [
        (name.lower().encode(), value.encode())
        for name, values in (case.get("headers") or {}).items()
        for value in values
    ]
    asked = request_of(case) if "request" in case else Request("GET", b"/test", headers=given)
    decision = decide(snapshot, Request("GET", b"/test", asked.query, asked.headers))
    response = response_of(case)
    if case["kind"] in ("strict-response-headers", "response-headers"):
        assert decision.operation is not None
        answer = Response(200, response.headers if response is not None else given)
        return judge_response(decision.operation, "GET", answer, snapshot.bounds).faults
    return decision.faults


def _declared(case: Case) -> Iterator[tuple[str, Any]]:
    for name in case.get("declared_headers") or ():
        yield name, {"schema": {"type": "string"}}
    for name, text in (case.get("headers_objects") or {}).items():
        yield name, _yaml(text)


def _yaml(text: str) -> dict[str, Any]:
    value = parse(text.encode(), tolerant=True).value
    assert isinstance(value, dict)
    return value
