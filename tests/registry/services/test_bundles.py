from __future__ import annotations

import json
import threading
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest
from joserfc import jws
from joserfc.jwk import KeySet

from registry.domain.access import NOBODY, SYSTEM
from registry.domain.errors import NotFound, Unauthenticated
from registry.services import Registry, bundles, consumers, deployments, lifecycle, publishing
from tests.registry.conftest import Clock
from tests.registry.examples import orders, proposal

UP = ["http://127.0.0.1:9001"]


@pytest.fixture
def served(published: Registry) -> Registry:
    publishing.publish(published, SYSTEM, proposal("1.1.0"))
    publishing.publish(published, SYSTEM, proposal("2.0.0", orders("2.0.0", eta=False)))
    with published.unit(SYSTEM) as context:
        for major in (1, 2):
            deployments.put(context, "erp/orders", major, upstreams=UP)
        consumers.create(context, "acme-wms")
        consumers.subscribe(context, "acme-wms", "erp/orders", 1)
        consumers.issue_key(context, "acme-wms")
    return published


def current(registry: Registry) -> bundles.Bundle:
    return bundles.current(registry.unit, registry.signer, SYSTEM, "default")


def manifest(registry: Registry) -> dict[str, Any]:
    return dict(json.loads(current(registry).manifest))


def test_the_manifest_is_what_the_gateways_schema_asks_for(served: Registry) -> None:
    schema = json.loads((files("specs") / "bundle.schema.json").read_text("utf-8"))
    made = manifest(served)
    assert [error.message for error in jsonschema_rs.Draft202012Validator(schema).iter_errors(made)] == []
    assert [(one["contract"], one["version"], one["base_path"]) for one in made["contracts"]] == [
        ("erp/orders", "1.1.0", "/erp/orders/v1"),
        ("erp/orders", "2.0.0", "/erp/orders/v2"),
    ]
    (consumer,) = made["consumers"]
    assert consumer["subscriptions"] == [{"contract": "erp/orders", "major": 1, "plan": "standard"}]
    assert made["plans"] == {"standard": {"limit": 600, "window": 60, "burst": 100}}


def test_a_consumer_that_is_pinned_brings_its_version_into_the_bundle(served: Registry) -> None:
    publishing.publish(served, SYSTEM, proposal("1.1.1"))
    publishing.publish(served, SYSTEM, proposal("1.2.0"))
    old = ["http://127.0.0.1:9009"]
    with served.unit(SYSTEM) as context:
        consumers.pin(context, "acme-wms", "erp/orders", 1, version="1.1")
        deployments.put(context, "erp/orders", 1, upstreams=UP, versions={"1.1.x": {"upstreams": old}})
    made = manifest(served)
    schema = json.loads((files("specs") / "bundle.schema.json").read_text("utf-8"))
    assert [error.message for error in jsonschema_rs.Draft202012Validator(schema).iter_errors(made)] == []
    assert [one["version"] for one in made["contracts"]] == ["1.2.0", "2.0.0"]
    (pinned,) = made["pinned"]
    assert (pinned["version"], pinned["upstreams"]) == ("1.1.1", old)
    assert pinned["base_path"] == made["contracts"][0]["base_path"]
    assert made["consumers"][0]["subscriptions"][0]["version"] == "1.1.1"
    with served.unit(SYSTEM) as context:
        consumers.pin(context, "acme-wms", "erp/orders", 1, version="1.0.0")
    (pinned,) = manifest(served)["pinned"]
    assert (pinned["version"], pinned["upstreams"]) == ("1.0.0", UP)


def test_a_pin_to_the_newest_needs_nothing_more(served: Registry) -> None:
    with served.unit(SYSTEM) as context:
        consumers.pin(context, "acme-wms", "erp/orders", 1, version="1.1")
    made = manifest(served)
    assert made["pinned"] == []
    assert made["consumers"][0]["subscriptions"][0]["version"] == made["contracts"][0]["version"] == "1.1.0"


def test_it_is_signed_with_the_public_keys(served: Registry) -> None:
    bundle = current(served)
    keys = KeySet.import_key_set(served.signer.public_keys())  # type: ignore[arg-type]
    found = jws.deserialize_compact(bundle.jws, keys, algorithms=["EdDSA"])
    assert found.payload.decode() == bundle.manifest
    assert json.loads(found.payload)["id"] == bundle.id


def test_serial_and_id_move_only_when_the_content_does(served: Registry) -> None:
    first = current(served)
    assert current(served) == first
    publishing.publish(served, SYSTEM, proposal(contract="erp/unserved"))
    assert (current(served).id, current(served).serial) == (first.id, first.serial)
    with served.unit(SYSTEM) as context:
        key = consumers.get(context, "acme-wms").credentials[0].id
        consumers.revoke_key(context, "acme-wms", key)
    second = current(served)
    assert (second.serial, second.id != first.id) == (first.serial + 1, True)
    assert json.loads(second.manifest)["consumers"][0]["keys"] == []


def test_deprecated_and_retired_versions_stay_so_that_callers_are_told(
    served: Registry, clock: Clock
) -> None:
    with served.unit(SYSTEM) as context:
        lifecycle.deprecate(
            context, "erp/orders", "1.1.0", sunset_at=clock.now + timedelta(days=9), replacement="2.0.0"
        )
        lifecycle.deprecate(context, "erp/orders", "1.0.0", sunset_at=clock.now + timedelta(days=9))
    entry = manifest(served)["contracts"][0]
    assert (entry["state"], entry["replacement"], entry["sunset_at"]) == (
        "deprecated",
        "erp/orders@2.0.0",
        "2026-12-02T12:00:00Z",
    )
    clock.forward(days=10)
    with served.unit(SYSTEM) as context:
        lifecycle.retire(context, "erp/orders", "1.1.0")
    assert manifest(served)["contracts"][0]["version"] == "1.0.0"
    with served.unit(SYSTEM) as context:
        lifecycle.retire(context, "erp/orders", "1.0.0")
    assert [(one["version"], one["state"]) for one in manifest(served)["contracts"]] == [
        ("1.1.0", "retired"),
        ("2.0.0", "published"),
    ]


def test_callers_are_led_to_the_path_that_the_successor_is_served_at(served: Registry) -> None:
    with served.unit(SYSTEM) as context:
        lifecycle.deprecate(context, "erp/orders", "1.1.0", replacement="erp/orders@2.0.0")
    assert [one["replacement_url"] for one in manifest(served)["contracts"]] == ["/erp/orders/v2", None]
    with served.unit(SYSTEM) as context:
        deployments.withdraw(context, "erp/orders", 2)
    assert [one["replacement_url"] for one in manifest(served)["contracts"]] == [None]


def test_those_who_compile_at_once_get_the_same(served: Registry) -> None:
    start, made = threading.Barrier(4), []

    def compile_() -> None:
        start.wait()
        made.append(current(served))

    threads = [threading.Thread(target=compile_) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert len(set(made)) == 1


def test_bundles_are_for_gateways_and_of_environments_that_exist(served: Registry) -> None:
    with pytest.raises(NotFound):
        bundles.current(served.unit, served.signer, SYSTEM, "moon")
    with pytest.raises(Unauthenticated):
        bundles.current(served.unit, served.signer, NOBODY, "default")


def test_the_revision_grows_with_what_gateways_need_to_know(served: Registry) -> None:
    before = bundles.revision(served.unit, SYSTEM)
    with served.unit(SYSTEM) as context:
        consumers.issue_key(context, "acme-wms")
    assert bundles.revision(served.unit, SYSTEM) == before + 1


def test_what_gateways_need_to_know_about_an_ending(served: Registry) -> None:
    timetable = [{"starts_at": "2027-01-01T00:00:00Z", "ends_at": "2027-01-01T01:00:00Z", "status": 410}]
    with served.unit(SYSTEM) as context:
        until = context.now + timedelta(days=30)
        deployments.put(context, "erp/orders", 1, upstreams=UP, security="verify", brownouts=timetable)
        consumers.extend(context, "acme-wms", "erp/orders", 1, until=until)
    made = manifest(served)
    first = made["contracts"][0]
    assert (first["security"], first["brownouts"]) == ("verify", timetable)
    assert "treatment" not in first
    told = made["consumers"][0]["subscriptions"][0]["extended_until"]
    assert datetime.fromisoformat(told) == until


def test_gateways_are_told_how_to_treat_upstreams(served: Registry) -> None:
    said = {"timeout": 5, "retries": {"attempts": 2}}
    with served.unit(SYSTEM) as context:
        deployments.put(context, "erp/orders", 1, upstreams=UP, treatment=said)
    assert manifest(served)["contracts"][0]["treatment"] == said
