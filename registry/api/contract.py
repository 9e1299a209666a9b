"""Our own contract, `specs/lading.openapi.yaml`, as what requests are held against.

Who may call, which parameters there are and what a body must look like is read from the contract, so that
what it says and what the API does cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs

from contracts import model, references
from contracts.model import HttpApi, Operation, Parameter
from contracts.schemas import Direction, Translator
from registry.domain.access import Scope
from registry.domain.errors import Malformed

FILE = "lading.openapi.yaml"
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Input:
    """One parameter and how its text is checked."""

    name: str
    location: str
    required: bool
    integer: bool
    default: Any
    validator: Any

    def read(self, text: str) -> Any:
        value: Any = int(text) if self.integer and _INTEGER.fullmatch(text) else text
        for error in self.validator.iter_errors(value):
            raise Malformed(
                "invalid-parameter",
                f"The {self.location} parameter {self.name!r} is wrong: {error.message[:300]}.",
                "The contract of this API at /v1/openapi says what it may be.",
                details={"parameter": self.name},
            )
        return value


@dataclass(frozen=True, slots=True)
class Rules:
    """What one operation asks of a request. `scope` None lets anyone in; `body` maps media types to validators."""

    operation_id: str
    scope: Scope | None
    signed_in: bool
    inputs: Mapping[tuple[str, str], Input]
    body_required: bool
    body: Mapping[str, Any]

    def read(self, location: str, given: Mapping[str, str]) -> dict[str, Any]:
        """The checked values of all parameters in one place, defaults filled in. Raises `Malformed`."""
        known = {name: one for (where, name), one in self.inputs.items() if where == location}
        for name in given:
            if name not in known:
                raise Malformed(
                    "unknown-parameter",
                    f"There is no {location} parameter {name[:100]!r} here.",
                    f"Known are {', '.join(sorted(known))}." if known else "This operation has none.",
                    details={"parameter": name[:100]},
                )
        values = {}
        for name, one in known.items():
            if name in given:
                values[name] = one.read(given[name])
            elif one.required:
                raise Malformed(
                    "missing-parameter", f"The {location} parameter {name!r} is missing.", "Give it."
                )
            else:
                values[name] = one.default
        return values


def query(text: str) -> dict[str, str]:
    """A query string as a mapping. Raises `Malformed` for a parameter that is given twice."""
    pairs = parse_qsl(text, keep_blank_values=True)
    values = dict(pairs)
    if len(values) != len(pairs):
        raise Malformed("repeated-parameter", "A query parameter is given twice.", "Give each of them once.")
    return values


def source() -> bytes:
    """The contract's bytes."""
    return (files("specs") / FILE).read_bytes()


@cache
def api() -> HttpApi:
    built = model.build(references.from_files({FILE: source()}, FILE))
    assert isinstance(built, HttpApi)
    return built


@cache
def rules() -> Mapping[str, Rules]:
    """The rules of every operation, by its key (`GET /v1/contracts`)."""
    translator = Translator(api().documents)
    return {operation.key: _rules(operation, translator) for operation in api().operations}


def _rules(operation: Operation, translator: Translator) -> Rules:
    inputs: dict[tuple[str, str], Input] = {
        (parameter.location, parameter.name): _input(parameter, translator)
        for parameter in operation.parameters
        if parameter.location in ("path", "query")
    }
    body = operation.body
    contents = {
        name: _validator(translator, media.schema)
        for name, media in (body.content.items() if body else ())
        if media.schema is not None
    }
    named = [scopes for one in operation.security or () for name, scopes in one.items() if name == "token"]
    scope = next((Scope(scope) for scopes in named for scope in scopes), None)
    open_to_all = not operation.security or {} in [dict(one) for one in operation.security]
    return Rules(
        operation.operation_id or operation.key,
        scope,
        not open_to_all,
        inputs,
        bool(body and body.required),
        contents,
    )


def _input(parameter: Parameter, translator: Translator) -> Input:
    assert parameter.schema is not None
    schema = translator.translate(parameter.schema, Direction.REQUEST).schema
    shape = parameter.schema.value if isinstance(parameter.schema.value, dict) else {}
    return Input(
        parameter.name,
        parameter.location,
        parameter.required,
        shape.get("type") == "integer",
        shape.get("default"),
        _compiled(schema),
    )


def _validator(translator: Translator, schema: model.Schema) -> Any:
    return _compiled(translator.translate(schema, Direction.REQUEST).schema)


def _compiled(schema: Any) -> Any:
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
