from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from lading.demo import landscape, seed
from registry.domain.access import SYSTEM
from registry.services import (
    Registry,
    Settings,
    consumers,
    contracts,
    deployments,
    gates,
    versions,
    waivers,
)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    folder = tmp_path_factory.mktemp("seeded")
    opened = Registry.open(Settings(data=folder, database_url=f"sqlite:///{folder / 'lading.db'}"))
    assert not seed.is_seeded(opened)
    seed.seed(opened)
    yield opened
    opened.close()


def test_every_shipped_contract_passes_our_own_gate(registry: Registry) -> None:
    assert seed.is_seeded(registry)
    with registry.unit.read(SYSTEM) as context:
        stored = {
            (v.contract, v.version)
            for c in contracts.browse(context).items
            for v in versions.browse(context, c.identity).items
        }
    assert stored == {(published.contract, published.version) for published in landscape.HISTORY}


def test_the_proposal_is_refused_for_what_it_breaks(registry: Registry) -> None:
    with registry.unit.read(SYSTEM) as context:
        (refused,) = gates.browse(context, outcome="fail").items
        run = gates.get(context, refused.id)
    assert (run.contract, run.version) == (landscape.PROPOSAL.contract, landscape.PROPOSAL.version)
    broken = {
        change["id"] for change in run.result["comparison"]["changes"] if change["verdict"] == "breaking"
    }
    assert any("required" in change for change in broken), broken
    assert any("removed" in change for change in broken), broken


def test_one_version_is_retiring_and_names_its_successor(registry: Registry) -> None:
    contract, number, replacement = landscape.RETIRING
    with registry.unit.read(SYSTEM) as context:
        version = versions.get(context, contract, number)
    assert version.state == "deprecated"
    assert version.replacement == replacement
    assert version.sunset_at is not None
    assert version.sunset_at > datetime.now(UTC)


def test_the_sunset_is_the_stated_one_while_that_lies_ahead() -> None:
    early, late = datetime(2026, 11, 23, tzinfo=UTC), datetime(2027, 3, 20, tzinfo=UTC)
    assert seed._sunset(early) == datetime(2027, 3, 31, tzinfo=UTC)
    assert seed._sunset(late) == late + timedelta(days=90)


def test_each_run_has_keys_of_its_own_and_ends_those_before(registry: Registry) -> None:
    first, second = seed.issue_keys(registry), seed.issue_keys(registry)
    assert set(first) == set(landscape.APPLICATIONS)
    assert not set(first.values()) & set(second.values())
    with registry.unit.read(SYSTEM) as context:
        keys = consumers.get(context, "acme-wms").credentials
    assert len([key for key in keys if key.revoked_at is None]) == 1


def test_lines_are_served_from_the_upstreams_of_this_run(registry: Registry) -> None:
    for port in (9001, 9002):
        seed.serve(registry, dict.fromkeys(landscape.UPSTREAMS, f"http://127.0.0.1:{port}"))
        with registry.unit.read(SYSTEM) as context:
            served = deployments.browse(context)
        assert {tuple(each.upstreams) for each in served} == {(f"http://127.0.0.1:{port}",)}
        assert len(served) == len(landscape.DEPLOYMENTS)


def test_one_waiver_is_granted_and_one_waits_for_a_decision_about_the_proposal(registry: Registry) -> None:
    with registry.unit.read(SYSTEM) as context:
        waiting, granted = waivers.browse(context).items
        runs = gates.browse(context, outcome="fail").items
        changes = gates.get(context, runs[0].id).result["comparison"]["changes"]
    assert (str(granted.state), granted.decided_by) == ("granted", landscape.ARCHITECT)
    assert (str(waiting.state), waiting.contract) == ("requested", landscape.PROPOSAL.contract)
    assert granted.contract == landscape.PROPOSAL.contract
    breaking = {one["fingerprint"] for one in changes if one["verdict"] == "breaking"}
    assert {waiting.change, granted.change} <= breaking
