"""From a pin in the registry to the version that a call is held against, and to where it goes."""

from __future__ import annotations

from pathlib import Path

from gateway.bundle.compiling import compile_bundle
from gateway.bundle.manifest import parse_manifest
from gateway.snapshot.snapshot import Snapshot
from registry.domain.access import SYSTEM
from registry.services import Registry, Settings, bundles, consumers, deployments, publishing, versions
from registry.services.publishing import Proposal
from tests.gateway.world import GOOD, HEADERS, ORDERS, Seen, answering, in_loop, running, upstream

NEW = ORDERS.replace("version: 1.2.0", "version: 1.3.0").replace(
    "price: {type: number}", "price: {type: number}\n        note: {type: string}"
)
NOTED = b'{"sku":"A-1","quantity":2,"note":"fragile"}'


def publish(registry: Registry, text: str) -> None:
    proposal = Proposal(
        "erp/orders", {"orders.yaml": text.encode()}, "orders.yaml", owner="erp", source="import"
    )
    assert publishing.publish(registry, SYSTEM, proposal).version is not None


@in_loop
async def test_a_pinned_consumer_is_served_the_old_version_where_it_runs(tmp_path: Path) -> None:
    registry = Registry.open(Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path}/lading.db"))
    publish(registry, ORDERS)
    publish(registry, NEW)
    with registry.unit(SYSTEM) as context:
        keys = {}
        for name in ("pinned", "free"):
            consumers.create(context, name)
            consumers.subscribe(context, name, "erp/orders", 1)
            keys[name] = consumers.issue_key(context, name).text.encode()
        consumers.pin(context, "pinned", "erp/orders", 1, version="1.2.x")

    def snapshot(new: str, old: str) -> Snapshot:
        with registry.unit(SYSTEM) as context:
            elsewhere = {"1.2": {"upstreams": [old]}}
            deployments.put(
                context, "erp/orders", 1, upstreams=[new], base_path="/erp/v1", versions=elsewhere
            )
        bundle = bundles.current(registry.unit, registry.signer, SYSTEM, "default")

        def content(digest: str) -> bytes | None:
            with registry.unit.read(SYSTEM) as context:
                return versions.content(context, digest).data

        return compile_bundle(parse_manifest(bundle.manifest.encode()), content)

    old = Seen()
    async with (
        upstream(answering(201, GOOD), old) as port,
        running(answering(201, GOOD), lambda url: snapshot(url, f"http://127.0.0.1:{port}")) as gateway,
    ):
        answers = {
            (name, body): (
                await gateway.call("POST", "/erp/v1/orders", body, [*HEADERS, (b"x-api-key", keys[name])])
            )[0]
            for name in keys
            for body in (GOOD, NOTED)
        }
    assert answers == {
        ("pinned", GOOD): 201,
        ("pinned", NOTED): 422,
        ("free", GOOD): 201,
        ("free", NOTED): 201,
    }
    assert old.bodies == [GOOD]
    assert gateway.seen.bodies == [GOOD, NOTED]
