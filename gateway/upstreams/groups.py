"""The groups of all contracts in force. What does not change between two bundles keeps its connections and standing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .group import Endpoint, Group
from .policy import Policy

if TYPE_CHECKING:
    from gateway.snapshot.contract import Contract


class Groups:
    """One group for each set of addresses and policy, one endpoint for each address and policy."""

    def __init__(self) -> None:
        self._by_contract: dict[Contract, Group] = {}
        self._groups: dict[tuple[tuple[str, ...], Policy], Group] = {}
        self._endpoints: dict[tuple[str, Policy], Endpoint] = {}

    def swap(self, contracts: Iterable[Contract]) -> None:
        """Makes the groups for these contracts, and closes what none of them needs; calls there end as they would."""
        known, held = self._groups, self._endpoints
        self._groups, self._endpoints, self._by_contract = {}, {}, {}
        for contract in contracts:
            if not contract.upstreams:
                continue
            policy = contract.policy
            key = (contract.upstreams, policy)
            group = self._groups.get(key) or known.get(key)
            for address in contract.upstreams:
                spot = (address, policy)
                if spot not in self._endpoints:
                    self._endpoints[spot] = held.get(spot) or Endpoint(address, policy)
            if group is None:
                group = Group([self._endpoints[address, policy] for address in contract.upstreams], policy)
            self._groups[key] = self._by_contract[contract] = group
        for spot, endpoint in held.items():
            if spot not in self._endpoints:
                endpoint.close()

    def of(self, contract: Contract) -> Group | None:
        """The group of a contract; None where it has no upstream."""
        group = self._by_contract.get(contract)
        if group is None and contract.upstreams:
            return self._left_behind(contract)
        return group

    def _left_behind(self, contract: Contract) -> Group:
        """For a call that was judged before a swap and is sent after it: where its contract said, nothing is kept."""
        policy = contract.policy
        found = self._groups.get((contract.upstreams, policy))
        if found is not None:
            return found
        endpoints = []
        for address in contract.upstreams:
            endpoint = self._endpoints.get((address, policy))
            if endpoint is None:
                endpoint = Endpoint(address, policy)
                endpoint.close()
            endpoints.append(endpoint)
        return Group(endpoints, policy)

    def tick(self, now: float) -> None:
        """To be called now and then: ends what waited too long, and asks after healths."""
        for endpoint in self._endpoints.values():
            endpoint.tick(now)

    def close(self) -> None:
        for endpoint in self._endpoints.values():
            endpoint.close()

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        return tuple(self._endpoints.values())

    @property
    def all(self) -> tuple[Group, ...]:
        return tuple(self._groups.values())

    def told(self, now: float) -> dict[str, Any]:
        """What is not well, by the addresses of a group."""
        return {group.label: told for group in self._groups.values() if (told := group.told(now))}
