"""Calls that Schemathesis makes up for real contracts, valid and not, sent through a gateway that runs.

What is valid has to reach the upstream, which answers 200 to everything, and what is not has to be refused. A
difference is a case of its own, named by contract, operation and kind; those that are not the gateway's stand in
`deviations/schemathesis.yaml` with their reason. The seeds are fixed; `LADING_EXAMPLES=200` makes more calls of each kind.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import HypothesisException, Unsatisfiable
from hypothesis.internal.conjecture import providers
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.errors import SchemathesisError

from contracts.document import parse
from contracts.model import HttpApi, Operation, build
from contracts.references import load
from gateway.rules import Rules
from gateway.snapshot.operation import Modes
from gateway.standalone import standalone

from . import deviations
from .proxying.running import Gateway, running
from .results import CaseResult, failed, passed

CONTRACTS = {
    "dcsa/dcsa-tnt-3.0.0.yaml": 4,
    "dcsa/dcsa-ebl-3.0.4@2026-06-11.yaml": 4,
    "wms/wms-order-service@2026-01-14.yaml": 15,
    "ups/ups-tracking@2026-05-12.yaml": 3,
    "gs1/gs1-epcis-2.0@2022-06-08.json": 8,
    "amazon-spapi/spapi-orders-v0@2026-02-03.json": 8,
    "shipengine/shipengine@2026-04-07.yaml": 12,
    "general/kubernetes-swagger@2018-03-09.json": 6,
    "general/stripe-spec3@2023-08-09.yaml": 6,
    "general/polar-2026-04@2026-08-20.json": 10,
}
"""OpenAPI 2.0, 3.0 and 3.1, and of how many operations of each."""
EXAMPLES = int(os.environ.get("LADING_EXAMPLES", "10"))
"""Calls per operation, valid ones and others. More of them may show kinds of difference that are not explained yet."""
RULES = Rules(
    security="form",
    unknown_query="refuse",
    unknown_headers="refuse",
    unknown_cookies="refuse",
    unknown_exempt=("header/x-schemathesis-testcaseid",),
)
"""What Schemathesis holds to be invalid beyond what contracts say: names that the operation does not declare."""
_KEYWORD = re.compile(r"`([A-Za-z]+)`")
_CHANGE = re.compile(r"\(was (\w+), became (\w+)\)")
_NO_CONSTANTS = providers.Constants()


@dataclass(frozen=True, slots=True)
class Difference:
    """A call that was refused and should not be, or passed and should not."""

    kind: str
    detail: str


def replay(data: Path) -> Iterator[CaseResult]:
    """One result for each operation and mode, and one for each kind of difference."""
    # Hypothesis tries words of the program under test, which would make other calls after each change of it.
    with (
        warnings.catch_warnings(),
        patch.object(providers, "_get_local_constants", lambda: _NO_CONSTANTS),
        running() as gateway,
    ):
        warnings.simplefilter("ignore")
        seen: list[CaseResult] = []
        for name, most in CONTRACTS.items():
            if (data / name).is_file():
                for result in _contract(gateway, data / name, name, most):
                    seen.append(result)
                    yield result
        yield from _gone(seen)


def _gone(seen: list[CaseResult]) -> Iterator[CaseResult]:
    """One that passed for each deviation that nothing shows any longer, so that it counts as stale."""
    for deviation in deviations.load("schemathesis"):
        shown = any(deviation.covers(result.id) for result in seen if result.outcome == "failed")
        if not shown and seen:
            yield passed("deviations", deviation.id)


def _contract(gateway: Gateway, path: Path, name: str, most: int) -> Iterator[CaseResult]:
    document = parse(path.read_bytes(), path.name)
    api = build(load(document))
    assert isinstance(api, HttpApi)
    snapshot = standalone(api, gateway.upstream, bases=("",), rules=RULES, modes=Modes("enforce", "off"))
    gateway.put(snapshot)
    declared = {operation.key: _credentials(api, operation) for operation in api.operations}
    schema = schemathesis.openapi.from_dict(document.value)
    found = [made.ok() for made in schema.get_all_operations() if isinstance(made, Ok)]
    with requests.Session() as session:
        for operation in found[:: max(1, len(found) // most)][:most]:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                case = f"{name}/{operation.label}/{mode.value}"
                caller = _Caller(gateway, session, declared[operation.label])
                differences = _differences(caller, operation, mode)
                if not differences:
                    yield passed(path.parent.name, case)
                for kind, detail in differences.items():
                    yield failed(path.parent.name, f"{case}/{kind}", detail)


def _credentials(api: HttpApi, operation: Operation) -> dict[str, dict[str, str]]:
    """What satisfies the first alternative of an operation's security, by where it goes."""
    found: dict[str, dict[str, str]] = {"headers": {}, "params": {}, "cookies": {}}
    for name in next(iter(operation.security or ()), {}):
        scheme = api.security_schemes[name]
        if scheme.type == "apiKey":
            place = {"header": "headers", "query": "params", "cookie": "cookies"}[scheme.location or "header"]
            found[place][scheme.parameter or ""] = "key"
        else:
            basic = scheme.type == "http" and (scheme.scheme or "").lower() == "basic"
            found["headers"]["Authorization"] = "Basic dXNlcjpwYXNzd29yZA==" if basic else "Bearer a.b.c"
    return found


def _differences(caller: _Caller, operation: Any, mode: GenerationMode) -> dict[str, str]:
    """By kind, with the first call that shows it."""
    found: dict[str, str] = {}

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(operation.as_strategy(generation_mode=mode))
    def call(case: Any) -> None:
        if case.meta.generation.mode == mode and (difference := caller.call(case, mode)):
            found.setdefault(difference.kind, difference.detail)

    try:
        call()
    except Unsatisfiable:
        pass  # nothing could be wrong with such a call
    except (SchemathesisError, HypothesisException) as error:
        found["generation"] = f"{type(error).__name__}: {error}"[:300]
    return found


@dataclass(frozen=True, slots=True)
class _Caller:
    """Calls with credentials that satisfy an operation, unless these are what is wrong with a call."""

    gateway: Gateway
    session: requests.Session
    credentials: dict[str, dict[str, str]]

    def call(self, case: Any, mode: GenerationMode) -> Difference | None:
        told = case.meta.phase.data
        made = _prepared(case.as_transport_kwargs(base_url=self.gateway.address))
        for place, values in self.credentials.items():
            for name, value in values.items():
                if name != told.parameter and f"(was {name})" not in (told.description or ""):
                    made[place] = {**_without(made.get(place) or {}, name), name: value}
        sent = self.session.prepare_request(requests.Request(**made))
        answer, reached = self.gateway.reached_by(lambda: self.session.send(sent, timeout=20))
        if reached is (mode is GenerationMode.POSITIVE):
            return None
        if reached:
            value = (case.query or {}).get(told.parameter)
            kind = _kind(told, sent, {parameter.name for parameter in case.operation.query}, value)
        else:
            errors = answer.json().get("errors") or [{"in": "head", "code": answer.status_code}]
            kind = f"{errors[0]['in']}:{errors[0]['code']}"
        line = f"{told.description}: {sent.method} {sent.url} {_told(sent)}"
        return Difference(kind, f"{line} -> {answer.status_code} {answer.text[:300]}")


def _kind(told: Any, sent: requests.PreparedRequest, declared: set[str], value: Any) -> str:
    """Where the call is said to be wrong and how; `unsent` where nothing of that is on the wire, `alike` where what is
    on the wire is another value as well. `value` is that of the query parameter which is said to be wrong."""
    description = told.description or ""
    keyword, change = _KEYWORD.search(description), _CHANGE.search(description)
    place = told.parameter_location.value if told.parameter_location is not None else "call"
    how = keyword[1] if keyword else "other"
    if how == "additionalProperties":
        names = parse_qs(urlsplit(sent.url or "").query, keep_blank_values=True)
        if (place == "query" and declared.issuperset(names)) or (place == "body" and not sent.body):
            how = "unsent"
    if place == "query" and change is not None and change[1] == "null" and value == "":
        return "query:unsent"
    was = change[1] if change is not None else ""
    listed = isinstance(value, list) and (was == "null" or (how == "anyOf" and len(value) == 1))
    if place == "query" and (was == "array" or listed):
        return "query:alike"
    return f"{place}:{how}:{change[1]}-{change[2]}" if change else f"{place}:{how}"


def _without(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Names of header fields have no case."""
    return {key: value for key, value in values.items() if key.lower() != name.lower()}


def _prepared(values: dict[str, Any]) -> dict[str, Any]:
    known = ("method", "url", "headers", "files", "data", "json", "params", "cookies")
    return {name: value for name, value in values.items() if name in known}


def _told(sent: requests.PreparedRequest) -> str:
    usual = {
        "User-Agent",
        "Accept-Encoding",
        "Accept",
        "Connection",
        "Content-Length",
        "X-Schemathesis-TestCaseId",
    }
    headers = {name: value for name, value in sent.headers.items() if name not in usual}
    return f"{headers} {(sent.body or b'')[:300]!r}"
