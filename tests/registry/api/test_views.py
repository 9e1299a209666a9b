"""The shapes are held against the contract by Schemathesis; here is what must not be in them."""

from __future__ import annotations

from registry.api import views
from registry.domain.access import SYSTEM
from registry.services import Registry, consumers, contracts, gates, versions


def test_row_ids_stay_inside_and_other_ids_are_text(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        version = views.version(versions.get(context, "erp/orders", "latest"))
        contract = views.contract(contracts.get(context, "erp/orders"))
        run = views.gate_run(gates.get(context, 1))
    assert "id" not in version
    assert "id" not in contract
    assert contract["contract"] == "erp/orders"
    assert "id" not in contract["latest"]
    assert run["id"] == "1"
    assert "result" not in views.gate_run_summary(gates.GateRun(**{**run, "id": 1}))


def test_a_consumer_shows_no_hash(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        consumers.create(context, "acme")
        issued = consumers.issue_key(context, "acme")
        shown = str(views.consumer(consumers.get(context, "acme")))
    assert issued.credential.id in shown
    assert "sha256" not in shown
