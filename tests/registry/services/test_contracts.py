from __future__ import annotations

import pytest

from registry.domain.access import SYSTEM, Actor, Scope
from registry.domain.errors import Conflict, Forbidden, Invalid, NotFound
from registry.services import Registry, contracts, publishing
from registry.services.contracts import Filter
from tests.registry.examples import EVENTS, proposal


def test_a_contract_is_made_once(landscape: Registry) -> None:
    with landscape.unit(SYSTEM) as context:
        made = contracts.create(context, "erp/orders", kind="openapi", owner="order-desk", system="sap")
        assert made.latest is None
        assert contracts.get(context, "erp/orders") == made
        with pytest.raises(Conflict):
            contracts.create(context, "erp/orders", kind="openapi", owner="order-desk")
        for wrong in ({"owner": "nobody"}, {"system": "nothing"}, {"kind": "wsdl"}):
            with pytest.raises((NotFound, Invalid)):
                contracts.create(context, "erp/other", **{"kind": "openapi", "owner": "order-desk", **wrong})
        with pytest.raises(NotFound):
            contracts.create(context, "absent/other", kind="openapi", owner="order-desk")


def test_contracts_are_written_by_those_of_their_domain(landscape: Registry) -> None:
    owner = Actor("person", "ada", "Ada", {"carrier": frozenset({Scope.CONTRACTS_WRITE})})
    with landscape.unit(owner) as context:
        contracts.create(context, "carrier/labels", kind="openapi", owner="carrier-desk")
        with pytest.raises(Forbidden):
            contracts.create(context, "erp/orders", kind="openapi", owner="order-desk")


def test_lists_are_filtered_and_paged_in_order(landscape: Registry) -> None:
    publishing.publish(landscape, SYSTEM, proposal())
    events = {"a.yaml": EVENTS.encode()}
    publishing.publish(
        landscape, SYSTEM, proposal(contract="carrier/events", files=events, root="a.yaml", source="import")
    )
    with landscape.unit(SYSTEM) as context:
        for name in ("a", "b", "c"):
            contracts.create(context, f"erp/{name}", kind="asyncapi", owner="carrier-desk", system="sap")
    with landscape.unit.read(SYSTEM) as context:

        def listed(**wanted: str) -> list[str]:
            return [one.identity for one in contracts.browse(context, Filter(**wanted)).items]

        everything = ["carrier/events", "erp/a", "erp/b", "erp/c", "erp/orders"]
        assert listed() == everything
        assert listed(domain="carrier") == ["carrier/events"]
        assert listed(kind="asyncapi", domain="erp") == ["erp/a", "erp/b", "erp/c"]
        assert listed(owner="order-desk") == ["carrier/events", "erp/orders"]
        assert listed(system="sap") == ["erp/a", "erp/b", "erp/c"]
        assert listed(state="published") == ["carrier/events", "erp/orders"]
        with pytest.raises(Invalid):
            listed(state="gone")
        paged, after = [], None
        while True:
            page = contracts.browse(context, after=after, limit=2)
            paged += [one.identity for one in page.items]
            after = page.after
            if after is None:
                break
        assert paged == everything
        assert contracts.count(context) == 5


def test_a_contract_shows_its_latest_version_with_what_lint_found(published: Registry) -> None:
    publishing.publish(published, SYSTEM, proposal("1.1.0"))
    with published.unit.read(SYSTEM) as context:
        shown = contracts.get(context, "erp/orders")
    assert shown.latest is not None
    assert (shown.latest.version, shown.versions, shown.title) == ("1.1.0", 2, "Orders")
    assert shown.latest.errors == 0


def test_a_contract_changes_hands(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        changed = contracts.change(context, "erp/orders", owner="carrier-desk", system="sap")
        assert (changed.owner, changed.system) == ("carrier-desk", "sap")
        with pytest.raises(NotFound):
            contracts.change(context, "erp/orders", owner="nobody")
        with pytest.raises(NotFound):
            contracts.change(context, "erp/absent", owner="carrier-desk")


def test_elements_are_those_of_the_latest_version(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        assert [one.key for one in contracts.elements(context, "erp/orders").items] == [
            "GET /orders/{orderId}"
        ]
        assert [one.key for one in contracts.elements(context, "erp/orders", kinds=("schema",)).items] == [
            "Order"
        ]
