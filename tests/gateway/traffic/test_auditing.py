from dataclasses import replace
from datetime import date

import pytest

from gateway.rules import Rules
from gateway.snapshot.snapshot import Snapshot, snapshot
from gateway.traffic import auditing
from gateway.traffic.auditing import Auditor
from gateway.traffic.formats import available, render
from gateway.traffic.reading import read_recording
from gateway.traffic.summary import Summary
from tests.gateway.world import ORDERS, orders

from .world import HERE, NOW, archive, audited, entry, log

ORDER = {"sku": "A", "quantity": 1}
URL = "https://api.example/erp/v1"


def audit(*entries: object, held: Snapshot | None = None, **options: object) -> Summary:
    return Auditor(held or orders(), NOW, **options).run(read_recording(archive(*entries)))  # type: ignore[arg-type]


def test_the_archive_beside_the_tests() -> None:
    summary = audited()
    assert (summary.exchanges, summary.conforming) == (4, 1)
    assert [
        (held.operation, held.direction, held.pointer, held.code, held.where)
        for held in summary.violations.values()
    ] == [
        ("POST /orders", "request", "/quantity", "minimum", "entry 2"),
        ("POST /orders", "request", "", "additionalProperties", "entry 2"),
        ("POST /orders", "response", "/quantity", "type", "entry 2"),
    ]
    assert [(held.operation, held.count) for held in summary.shadow.values()] == [
        ("GET /erp/v1/customers/{}", 1)
    ]
    assert [held.operation for held in summary.probes.values()] == ["GET /wp-login.php"]
    assert summary.unused == [("Orders@1.2.0", "GET /events"), ("Orders@1.2.0", "GET /orders/{orderId}")]
    assert summary.skipped == {"another host": 1}


def test_the_same_fault_counts_and_its_first_place_is_the_example() -> None:
    bad = entry("GET", f"{URL}/orders", answer=[ORDER, {"sku": "x"}, {"sku": "y"}])
    (held,) = audit(bad, bad).violations.values()
    assert (held.count, held.pointer, held.where) == (4, "/*", "entry 1")
    assert held.sample == {"at": {"sku": "string of 1"}}


def test_a_method_that_is_not_declared_is_shadow() -> None:
    (held,) = audit(entry("DELETE", f"{URL}/orders", status=204)).shadow.values()
    assert (held.contract, held.operation, held.statuses) == (
        "Orders@1.2.0",
        "DELETE /erp/v1/orders",
        {"204": 1},
    )


def test_an_access_log_is_judged_by_what_it_knows() -> None:
    lines = log(
        {"method": "POST", "path": "/erp/v1/orders", "status": 201},
        {"method": "GET", "path": "/erp/v1/orders?limit=1000", "status": 200},
        {"method": "GET", "path": "/erp/v1/orders", "status": 418},
    )
    summary = Auditor(orders(), NOW).run(read_recording(lines))
    assert [(held.location, held.code) for held in summary.violations.values()] == [
        ("query", "maximum"),
        ("status", "undeclared-status"),
    ]
    assert summary.conforming == 1
    assert summary.unvalidated == {
        "header fields of requests were not recorded": 1,
        "bodies of requests were not recorded": 1,
        "bodies of responses were not recorded": 2,
    }


def ended(**changes: object) -> Snapshot:
    (entry,) = orders().compiled
    contract = replace(entry.contract, **changes)  # type: ignore[arg-type]
    operations = tuple(
        (path, method, replace(held, contract=contract)) for path, method, held in entry.operations
    )
    return snapshot([replace(entry, contract=contract, operations=operations)], id="x")


def test_a_version_that_has_ended_is_a_zombie() -> None:
    call = entry("GET", f"{URL}/orders", answer=[ORDER])
    (held,) = audit(call, call, held=ended(sunset=0.0)).zombies.values()
    assert (held.operation, held.count) == ("GET /orders", 2)
    assert audit(call, held=ended(sunset=NOW + 1e9)).zombies == {}


@pytest.mark.parametrize(("end", "zombies"), [(date(2026, 11, 1), 1), (date(2026, 11, 2), 0)])
def test_an_operation_is_a_zombie_after_its_last_day(end: date, zombies: int) -> None:
    call = entry("GET", f"{URL}/orders", answer=[ORDER])
    assert len(audit(call, sunsets={("Orders@1.2.0", "GET /orders"): end}).zombies) == zombies


def test_what_was_not_answered_is_told() -> None:
    call = entry("GET", f"{URL}/orders")
    call["response"]["status"] = 0
    assert audit(call).unvalidated == {"there is no response": 1}


SECURED = ORDERS.replace("paths:", "security: [{key: []}]\npaths:", 1).replace(
    "components:", "components:\n  securitySchemes: {key: {type: apiKey, in: header, name: X-API-Key}}"
)


def test_missing_credentials_are_a_violation_where_they_are_asked_for() -> None:
    held = orders(rules=Rules(security="presence"), text=SECURED)
    good = entry("GET", f"{URL}/orders", answer=[ORDER], headers=[("X-API-Key", "k")])
    summary = audit(good, entry("GET", f"{URL}/orders?limit=0", answer=[ORDER]), held=held)
    assert summary.conforming == 1
    assert [found.location for found in summary.violations.values()] == ["security", "query"]


def test_what_a_log_does_not_hold_of_credentials_is_no_violation() -> None:
    held = orders(rules=Rules(security="presence"), text=SECURED)
    lines = log({"method": "GET", "path": "/erp/v1/orders?limit=0", "status": 200})
    summary = Auditor(held, NOW).run(read_recording(lines))
    assert [found.location for found in summary.violations.values()] == ["query"]
    assert summary.unvalidated["credentials were not recorded"] == 1


def test_a_malformed_path_is_a_violation() -> None:
    (held,) = audit(entry("GET", f"{URL}/a%2e%2e%zz")).violations.values()
    assert (held.location, held.operation) == ("path", "GET (a malformed path)")


def test_what_cannot_be_read_is_counted_with_its_first_place() -> None:
    summary = audit(1, entry("GET", f"{URL}/orders", answer=[]), 2)
    assert summary.unread.total() == 2
    assert summary.first_unread == "entry 1"


def test_different_findings_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditing, "MOST", 3)
    words = ("one", "two", "three", "four", "five")
    summary = audit(*(entry("GET", f"https://api.example/{word}") for word in words))
    assert len(summary.shadow) == 3
    assert summary.beyond == 2
    assert not summary.clean


def test_other_hosts_and_preflights_are_skipped() -> None:
    asks = [("Access-Control-Request-Method", "PUT")]
    summary = audit(
        entry("OPTIONS", f"{URL}/orders", headers=asks, status=204),
        entry("GET", "https://other.example/x"),
        hosts=HERE,
    )
    assert summary.skipped == {"preflight of a browser": 1, "another host": 1}
    assert summary.exchanges == 0


@pytest.mark.parametrize("name", available())
def test_no_report_holds_a_value_that_was_recorded(name: str) -> None:
    """Planted in the archive: a token, a query, an identifier in a path, values in bodies."""
    shown = render(name, audited(), "orders.har")
    assert "POST /orders" in shown.replace("\\", "")
    for planted in ("planted", "ada@", "6a7d7d1e", "9931"):
        assert planted not in shown
