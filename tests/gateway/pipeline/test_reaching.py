from __future__ import annotations

from dataclasses import replace

import pytest

from gateway.pipeline.reaching import ELSEWHERE, NOT_FOUND, is_within, unreached
from gateway.rules import Rules
from gateway.snapshot.compiling import compile_contract
from gateway.snapshot.contract import Contract
from gateway.snapshot.operation import Operation
from gateway.verdicts import Request
from tests.gateway.world import ORDERS, api_of


def served(**rules: object) -> Operation:
    contract = Contract("erp/orders", "1.2.0", ("/erp/v1",), rules=replace(Rules(), **rules))  # type: ignore[arg-type]
    return compile_contract(contract, api_of(ORDERS)).operations[0][2]


def request(host: bytes = b"api.example", client: str = "192.0.2.7") -> Request:
    return Request("GET", b"/erp/v1/orders", headers=[(b"host", host)], scheme="https", client=client)


def test_a_call_reaches_what_minds_neither_host_nor_address() -> None:
    assert unreached(served(), request(b"elsewhere.example")) is None


def test_hosts_and_networks_are_minded_where_rules_say_so() -> None:
    operation = served(hosts="servers", networks=("192.0.2.0/24",))
    assert unreached(operation, request()) is None
    assert unreached(operation, request(b"elsewhere.example")) is NOT_FOUND
    assert unreached(operation, request(client="198.51.100.1")) is ELSEWHERE


@pytest.mark.parametrize(
    ("peer", "within"),
    [("10.1.2.3", True), ("::ffff:10.1.2.3", True), ("10.2.2.3", False), ("2001:db8::1", False), ("", False)],
)
def test_addresses_are_in_networks_or_not(peer: str, within: bool) -> None:
    contract = Contract("a/b", "1.0.0", ("/a",), rules=Rules(networks=("10.1.0.0/16",)))
    assert is_within(peer, contract.networks) is within
