"""Our own contract and what the API does cannot drift apart."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.types import Receive, Scope, Send

from contracts import references, validity
from linters import gate
from linters.lint import Severity, lint
from policies import profiles, rulesets
from registry.api import create_app
from registry.api.app import routes
from registry.api.contract import FILE, api, query, rules, source
from registry.domain import access
from registry.domain.access import SYSTEM
from registry.domain.errors import Malformed
from registry.domain.waivers import Request
from registry.services import (
    Registry,
    Settings,
    consumers,
    deployments,
    observations,
    publishing,
    tokens,
    waivers,
)
from tests.registry.examples import orders, proposal
from tests.registry.services.test_observations import batch, call, violation

OUTSIDE = {"/sign-in/oidc", "/sign-in/callback"}
"""What browsers are led through; no API."""


def test_the_routes_are_those_of_the_contract() -> None:
    served = {
        f"{method} {route.path}"
        for route in routes()
        for method in route.methods
        if route.path not in OUTSIDE
    }  # type: ignore[attr-defined]
    assert served == set(rules())


def test_handlers_are_named_as_their_operations() -> None:
    for route in routes():
        if route.path not in OUTSIDE:  # type: ignore[attr-defined]
            (method,) = route.methods  # type: ignore[attr-defined]
            words = rules()[f"{method} {route.path}"].operation_id  # type: ignore[attr-defined]
            snake = "".join("_" + letter.lower() if letter.isupper() else letter for letter in words)
            assert route.name.rstrip("_") == snake.replace("open_api", "openapi")  # type: ignore[attr-defined]


def test_the_contract_is_valid_and_passes_our_own_lint_and_gate() -> None:
    documents = references.from_files({FILE: source()}, FILE)
    assert documents.problems == ()
    problems = validity.check(documents)
    assert problems == ()
    findings = lint(documents, rulesets.load("lading:recommended"))
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
    request = gate.GateRequest(
        candidate=api(),
        version=api().version,
        is_first=True,
        problems=problems,
        ruleset=rulesets.load("lading:recommended"),
    )
    result = gate.decide(request, profiles.load("default"))
    assert result.outcome == "pass", [check for check in result.checks if check.outcome != "pass"]


def test_the_scopes_that_it_names_are_those_that_exist() -> None:
    named = {one.scope for one in rules().values() if one.scope}
    described = str(api().security_schemes["token"].raw["description"])
    assert named <= set(access.Scope)
    assert all(f"`{scope}`" in described for scope in access.Scope)
    assert list(api().documents.root.value["components"]["schemas"]["Scope"]["enum"]) == list(access.Scope)


def test_what_changes_something_asks_for_a_scope() -> None:
    bare = [key for key, one in rules().items() if not key.startswith("GET") and one.scope is None]
    assert bare == ["DELETE /v1/session"]


def test_parameters_are_read_as_the_contract_says() -> None:
    listing = rules()["GET /v1/contracts"]
    assert listing.read("query", {})["limit"] == 50
    assert listing.read("query", {"limit": "7"})["limit"] == 7
    for wrong in (
        {"limit": "x"},
        {"limit": "0"},
        {"limit": "1.0"},
        {"limit": "٣"},
        {"kind": "wsdl"},
        {"surprise": "1"},
    ):
        with pytest.raises(Malformed):
            listing.read("query", wrong)
    with pytest.raises(Malformed, match="missing"):
        rules()["GET /v1/search"].read("query", {})
    assert query("a=1&b=%20") == {"a": "1", "b": " "}
    with pytest.raises(Malformed, match="twice"):
        query("a=1&a=2")


class Late:
    """The application, which exists only when the test runs."""

    app: Any = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def _schema(late: Late) -> Any:
    loaded = schemathesis.openapi.from_file(source().decode())
    loaded.app = late
    # A request of the right form may still ask for what cannot be: a cursor of another list, say. That is 422;
    # 400 is for the form alone, and must never meet a request that the contract allows.
    accepted = ["2xx", "3xx", "401", "403", "404", "409", "422"]
    loaded.config.checks.positive_data_acceptance.expected_statuses = accepted
    return loaded


embedded, server = Late(), Late()


def _filled(folder: Path, url: str) -> Registry:
    registry = Registry.open(Settings(folder, url))
    publishing.publish(registry, SYSTEM, proposal())
    publishing.publish(registry, SYSTEM, proposal("2.0.0", orders("2.0.0", eta=False)))
    with registry.unit(SYSTEM) as context:
        consumers.create(context, "acme-wms")
        consumers.subscribe(context, "acme-wms", "erp/orders", 1)
        consumers.issue_key(context, "acme-wms")
        deployments.put(context, "erp/orders", 1, upstreams=["http://127.0.0.1:9001"])
        observations.ingest(context, batch("batch-1", call(), violations=(violation(),)))
        until = context.now.date() + timedelta(days=30)
        waivers.request(
            context, Request("erp/orders", "Agreed.", until, rule="auth-*"), longest=timedelta(days=365)
        )
    return registry


def _token(registry: Registry) -> str:
    with registry.unit(SYSTEM) as context:
        return tokens.issue(context, "schemathesis", list(access.Scope)).text


@pytest.fixture(scope="module")
def on_sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        registry = _filled(Path(folder), f"sqlite:///{folder}/lading.db")
        embedded.app = create_app(registry)
        yield _token(registry)
        registry.close()


@pytest.fixture(scope="module")
def on_postgresql(fresh_postgres_url: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        registry = _filled(Path(folder), fresh_postgres_url)
        server.app = create_app(registry)
        yield _token(registry)
        registry.close()


QUICK = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])


@_schema(embedded).parametrize()
@QUICK
def test_every_operation_keeps_the_contract(case: schemathesis.Case, on_sqlite: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {on_sqlite}"})


@pytest.mark.postgres
@_schema(server).parametrize()
@QUICK
def test_every_operation_keeps_the_contract_on_postgresql(
    case: schemathesis.Case, on_postgresql: str
) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {on_postgresql}"})
