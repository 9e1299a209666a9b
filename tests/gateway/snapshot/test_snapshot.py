from dataclasses import replace

from gateway.snapshot.compiling import Compiled
from gateway.snapshot.snapshot import EMPTY, snapshot
from tests.gateway.world import orders


def entry(**changes: object) -> Compiled:
    (held,) = orders().compiled
    return replace(held, contract=replace(held.contract, **changes))  # type: ignore[arg-type]


def test_every_base_path_leads_to_the_operations() -> None:
    made = snapshot([entry(base_paths=("/a", "/b"))])
    assert made.find("", "/a/orders", "GET") is not None
    assert made.find("", "/b/orders", "GET") is not None
    assert made.find("", "/orders", "GET") is None
    assert EMPTY.find("", "/a/orders", "GET") is None


def test_hosts_come_first() -> None:
    made = snapshot([entry(base_paths=("",), hosts=("Orders.example",)), entry(base_paths=("/x",))])
    assert made.find("orders.example:8401", "/orders", "GET") is not None
    assert made.find("other.example", "/orders", "GET") is None
    assert made.find("orders.example", "/x/orders", "GET") is not None


def test_the_owner_of_a_path_has_the_longest_base_path() -> None:
    made = snapshot([entry(name="a", base_paths=("/erp",)), entry(name="b", base_paths=("/erp/v2",))])
    assert [
        owner.name if (owner := made.owner(path)) else None for path in ("/erp/v2/x", "/erp/v1", "/erpx")
    ] == ["b", "a", None]


def test_the_root_is_found_with_and_without_its_slash() -> None:
    text = """
openapi: 3.0.3
info: {title: t, version: 1.0.0}
servers: [{url: /v1}]
paths: {/: {get: {responses: {default: {description: d}}}}}
"""
    made = orders(text=text)
    assert all(made.find("", path, "GET") is not None for path in ("/v1", "/v1/"))
    assert made.find("", "/v1x", "GET") is None
