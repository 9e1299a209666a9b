import json
from pathlib import Path
from typing import Any

from gateway.bundle.compiling import compile_bundle
from gateway.bundle.manifest import parse_manifest
from gateway.pipeline import decide
from gateway.rules import Rules
from gateway.snapshot.snapshot import EMPTY, Snapshot
from gateway.upstreams.policy import Breaking, Course, Policy
from gateway.upstreams.settings import Settings
from gateway.verdicts import Request
from tests.gateway import registry
from tests.gateway.world import KEY


def compiled(folder: Path, previous: Snapshot = EMPTY, **changes: Any) -> Snapshot:
    registry.prepare(folder, **changes)
    manifest = parse_manifest((folder / "manifest.json").read_bytes())

    def content(digest: str) -> bytes | None:
        path = folder / "contents" / digest
        return path.read_bytes() if path.exists() else None

    return compile_bundle(manifest, content, previous)


def status(snapshot: Snapshot, now: float = 0.0) -> int:
    decision = decide(snapshot, Request("GET", b"/erp/v1/orders", headers=[(b"x-api-key", KEY)]), now=now)
    return decision.refusal.status if decision.refusal is not None else 200


def test_a_bundle_is_served(tmp_path: Path) -> None:
    snapshot = compiled(tmp_path)
    assert (snapshot.serial, status(snapshot)) == (1, 200)
    decision = decide(snapshot, Request("GET", b"/erp/v1/orders", headers=[(b"x-api-key", KEY)]))
    assert decision.target == b"/orders"


def test_what_has_not_changed_is_not_compiled_again(tmp_path: Path) -> None:
    first = compiled(tmp_path)
    same = compiled(tmp_path, first)
    other = compiled(tmp_path, first, access="open")
    assert same.compiled[0] is first.compiled[0]
    assert same.serial == 2
    assert other.compiled[0] is not first.compiled[0]


def test_dates_become_headers_and_an_end(tmp_path: Path) -> None:
    snapshot = compiled(
        tmp_path, state="deprecated", deprecated_at="2026-01-01T00:00:00Z", sunset_at="2026-02-01T00:00:00Z"
    )
    assert dict(snapshot.contracts[0].lifecycle_headers)[b"sunset"] == b"Sun, 01 Feb 2026 00:00:00 GMT"
    assert (status(snapshot, 0.0), status(snapshot, 2e9)) == (200, 410)


def test_a_retired_version_is_gone(tmp_path: Path) -> None:
    assert status(compiled(tmp_path, state="retired"), 1.0) == 410


def test_a_contract_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    snapshot = compiled(tmp_path, text="{ not yaml")
    assert status(snapshot) == 503
    assert "orders.yaml" in snapshot.contracts[0].broken


def test_a_missing_content_breaks_its_contract(tmp_path: Path) -> None:
    registry.prepare(tmp_path)
    manifest = parse_manifest((tmp_path / "manifest.json").read_bytes())
    assert status(compile_bundle(manifest, lambda digest: None)) == 503


def test_events_are_not_served_and_said_to_be_skipped(tmp_path: Path) -> None:
    text = "asyncapi: 3.0.0\ninfo: {title: t, version: 1.0.0}\n"
    assert "events" in compiled(tmp_path, text=text).skipped["erp/orders@1.2.0"]


def test_a_subscription_to_an_unknown_plan_refuses(tmp_path: Path) -> None:
    registry.prepare(tmp_path)
    value = json.loads((tmp_path / "manifest.json").read_text())
    value["plans"] = {}
    manifest = parse_manifest(json.dumps(value).encode())
    snapshot = compile_bundle(manifest, lambda digest: (tmp_path / "contents" / digest).read_bytes())
    assert status(snapshot) == 403


def test_house_rules_hold_for_contracts_that_do_not_say_otherwise(tmp_path: Path) -> None:
    registry.prepare(tmp_path)
    manifest = parse_manifest((tmp_path / "manifest.json").read_bytes())

    def content(digest: str) -> bytes:
        return (tmp_path / "contents" / digest).read_bytes()

    (contract,) = compile_bundle(manifest, content, rules=Rules(one_way="allow", hosts="servers")).contracts
    assert (contract.rules.one_way, contract.rules.hosts) == ("allow", "servers")
    assert contract.rules.unknown_query == manifest.contracts[0].get("unknown_query", "allow")


def test_what_the_operator_says_about_upstreams_holds(tmp_path: Path) -> None:
    registry.prepare(tmp_path)
    manifest = parse_manifest((tmp_path / "manifest.json").read_bytes())
    said = {"erp/orders@1": {"connect_timeout": 1, "operations": {"POST /orders": {"timeout": 2.5}}}}
    snapshot = compile_bundle(
        manifest,
        lambda digest: (tmp_path / "contents" / digest).read_bytes(),
        settings=Settings({"in_flight": 9}, said),
    )
    (contract,) = snapshot.contracts
    assert (contract.policy.connect_timeout, contract.policy.in_flight) == (1, 9)
    courses = {operation.key: operation.course.timeout for _, _, operation in snapshot.compiled[0].operations}
    assert courses["POST /orders"] == 2.5
    assert courses["GET /orders"] is None
    assert all(operation.contract is contract for _, _, operation in snapshot.compiled[0].operations)


def test_what_a_deployment_says_about_its_upstreams_holds(tmp_path: Path) -> None:
    said = {
        "timeout": 9,
        "breaker": True,
        "operations": {"POST /orders": {"retries": 0}, "POST /no": {"retries": 0}},
    }
    snapshot = compiled(tmp_path, treatment=said)
    (contract,) = snapshot.contracts
    assert contract.policy == Policy(breaking=Breaking())
    assert contract.unmatched == ("POST /no",)
    courses = {operation.key: operation.course for _, _, operation in snapshot.compiled[0].operations}
    assert courses["POST /orders"] == Course(9, 0, "off")
    assert courses["GET /orders"] == Course(9, None, "off")


def test_a_treatment_that_is_not_understood_is_not_guessed_at(tmp_path: Path) -> None:
    (contract,) = compiled(tmp_path, treatment={"breaker": {"colour": "red"}}).contracts
    assert "not understood: breaker" in contract.broken


def pending(snapshot: Snapshot) -> set[str]:
    return {held.key for entry in snapshot.compiled for _, _, held in entry.operations if held.pending}


def test_beyond_so_many_operations_they_wait_for_their_first_call(tmp_path: Path) -> None:
    registry.prepare(tmp_path)
    manifest = parse_manifest((tmp_path / "manifest.json").read_bytes())
    rests: list[int] = []

    def content(digest: str) -> bytes:
        return (tmp_path / "contents" / digest).read_bytes()

    first = compile_bundle(manifest, content, eager=3, rest=lambda: rests.append(1))
    assert len(pending(first)) == len(first.compiled[0].operations) == 4
    assert status(first) == 200
    assert "GET /orders" not in pending(first)
    assert rests == [1]
    assert pending(compile_bundle(manifest, content, eager=4)) == set()


def test_what_is_in_use_is_compiled_before_the_next_bundle_is_served(tmp_path: Path) -> None:
    def made(previous: Snapshot, **changes: Any) -> Snapshot:
        registry.prepare(tmp_path, **changes)
        manifest = parse_manifest((tmp_path / "manifest.json").read_bytes())
        return compile_bundle(
            manifest, lambda digest: (tmp_path / "contents" / digest).read_bytes(), previous, eager=0
        )

    first = made(EMPTY)
    status(first)
    second = made(first, version="1.3.0")
    assert {held.key for _, _, held in second.compiled[0].operations} - pending(second) == {"GET /orders"}
    assert len(pending(made(second, version="2.0.0"))) == 4
