"""From a manifest and its contents to the snapshot that the gateway runs from."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

import orjson

from contracts.errors import ContractError
from contracts.model import EventApi, HttpApi, build
from contracts.references import from_files
from gateway.lifecycle import brownouts_of, headers_of, parse_time
from gateway.rules import DEFAULT_RULES, Rules
from gateway.snapshot.compiling import Compiled, compile_contract, defer_contract
from gateway.snapshot.contract import Consumer, Contract, Key, Lifecycle, Plan
from gateway.snapshot.operation import Modes
from gateway.snapshot.snapshot import EMPTY, Snapshot, snapshot
from gateway.upstreams.settings import NOTHING_SAID, Settings, misunderstood, policy_of
from gateway.verdicts import DEFAULT_BOUNDS, Bounds

from .manifest import Manifest

PREPARATION = 1.0
"""Seconds that compiling the validators of one contract may take before it serves; the rest follow at first use."""


EAGER = 500
"""Operations that are compiled before they are called; those of further contracts wait for their first call."""


def compile_bundle(
    manifest: Manifest,
    content: Callable[[str], bytes | None],
    previous: Snapshot = EMPTY,
    bounds: Bounds = DEFAULT_BOUNDS,
    rules: Rules = DEFAULT_RULES,
    settings: Settings = NOTHING_SAID,
    *,
    eager: int = EAGER,
    rest: Callable[[], None] = lambda: None,
) -> Snapshot:
    """Compiles a bundle. Contracts that have not changed are taken from the previous snapshot, which has been
    compiled by the same rules and settings: they belong to the process, but for what the bundle says about one contract.

    A contract that cannot be compiled does not keep the others from being served: calls to it get 503. Beyond `eager`
    operations, those that were called under the previous snapshot are compiled, and the others when they are called.
    `rest` is called after each contract that is new.
    """
    known = {entry.contract.digest: entry for entry in previous.everything if entry.contract.digest}
    called = {
        entry.contract.line: frozenset(
            operation.key for _, _, operation in entry.operations if not operation.pending
        )
        for entry in previous.compiled
    }
    compiled: list[Compiled] = []
    pinned: list[Compiled] = []
    skipped: dict[str, str] = {}
    listed = [(entry, compiled) for entry in manifest.contracts]
    listed += [(entry, pinned) for entry in manifest.pinned]
    for entry, target in listed:
        digest = hashlib.sha256(orjson.dumps(entry, option=orjson.OPT_SORT_KEYS)).hexdigest()
        held = known.get(digest)
        if held is None:
            made = _compile(entry, content, digest, rules, settings, eager=eager)
            if isinstance(made, str):
                skipped[f"{entry['contract']}@{entry['version']}"] = made
                continue
            held = made
            rest()
            _warm(held, called.get(held.contract.line, frozenset()))
        eager -= len(held.operations)
        target.append(held)
    consumers, keys = _parties(manifest)
    return snapshot(
        compiled,
        id=manifest.id,
        environment=manifest.environment,
        serial=manifest.serial,
        keys={key.id: key for key in keys},
        bounds=bounds,
        skipped=skipped,
        consumers=consumers,
        pinned=pinned,
    )


def _compile(
    entry: Mapping[str, Any],
    content: Callable[[str], bytes | None],
    digest: str,
    rules: Rules,
    settings: Settings,
    *,
    eager: int,
) -> Compiled | str:
    """The compiled contract, or why the gateway does not serve it."""
    contract = _contract(entry, digest, rules)

    def read() -> HttpApi | EventApi:
        files = {name: _content(content, held) for name, held in entry["files"].items()}
        return build(from_files(files, entry["root"]))

    try:
        api = read()
    except ContractError as error:
        return _broken(contract, str(error))
    if not isinstance(api, HttpApi):
        return "it describes events, and the gateway checks calls"
    modes = {key: _modes(held, contract.modes) for key, held in entry.get("operations", {}).items()}
    stated = entry.get("treatment", {})
    problem = misunderstood(stated)
    if problem:
        return _broken(contract, f"how its upstreams are to be treated is not understood: {problem}")
    said = settings.of(contract.name, contract.major, stated)
    keys = {operation.key for operation in api.operations}
    unmatched = tuple(key for key in stated.get("operations", ()) if key not in keys)
    contract = replace(_contract(entry, digest, rules, api), policy=policy_of(said), unmatched=unmatched)
    if len(api.operations) > eager:
        return defer_contract(contract, api, cast("Callable[[], HttpApi]", read), modes, said)
    return _prepare(compile_contract(contract, api, modes, said))


def _warm(made: Compiled, called: frozenset[str]) -> None:
    """Compiles the operations that are in use, for as long as one contract may take."""
    deadline = time.monotonic() + PREPARATION
    for _, _, operation in made.operations:
        if operation.pending and operation.key in called and time.monotonic() < deadline:
            operation.prepare()


def _prepare(made: Compiled) -> Compiled:
    deadline = time.monotonic() + PREPARATION
    for check in made.checks.made if made.checks is not None else ():
        if time.monotonic() > deadline:
            break
        try:
            check.prepare()
        except ValueError as error:
            return _broken(made.contract, f"a schema cannot be compiled: {str(error)[:300]}")
    return made


def _broken(contract: Contract, reason: str) -> Compiled:
    return Compiled(
        Contract(
            contract.name,
            contract.version,
            contract.base_paths,
            broken=reason or "it cannot be read",
            digest=contract.digest,
        ),
        (),
        None,
    )


def _content(content: Callable[[str], bytes | None], digest: str) -> bytes:
    raw = content(digest)
    if raw is None:
        raise ContractError("content-missing", f"The content {digest} is missing or damaged.")
    return raw


def _contract(entry: Mapping[str, Any], digest: str, rules: Rules, api: HttpApi | None = None) -> Contract:
    lifecycle = Lifecycle(
        entry["state"],
        parse_time(entry.get("deprecated_at")),
        parse_time(entry.get("sunset_at")),
        entry.get("replacement"),
        entry.get("replacement_url"),
    )
    sunset = lifecycle.sunset_at.timestamp() if lifecycle.sunset_at is not None else None
    return Contract(
        name=entry["contract"],
        version=entry["version"],
        base_paths=(entry["base_path"],),
        upstreams=tuple(entry["upstreams"]),
        upstream_path=entry.get("upstream_path", ""),
        access=entry["access"],
        modes=_modes(entry["modes"], Modes()),
        rules=replace(
            rules,
            unknown_query=entry.get("unknown_query", rules.unknown_query),
            security=entry.get("security", rules.security),
        ),
        lifecycle=lifecycle,
        lifecycle_headers=headers_of(lifecycle),
        sunset=0.0 if lifecycle.state == "retired" else sunset,
        brownouts=brownouts_of(entry.get("brownouts", ())),
        hosts=tuple(entry.get("hosts", ())),
        schemes=api.security_schemes if api is not None else {},
        digest=digest,
    )


def _modes(given: Mapping[str, Any], usual: Modes) -> Modes:
    return Modes(given.get("request", usual.request), given.get("response", usual.response))


def _quota(name: str, plan: Mapping[str, Any]) -> Plan | None:
    held = plan.get("quota")
    return Plan(f"{name} quota", held["limit"], held["window"], held["limit"]) if held is not None else None


def _parties(manifest: Manifest) -> tuple[list[Consumer], list[Key]]:
    plans = {
        name: Plan(name, held["limit"], held["window"], held.get("burst", held["limit"]), _quota(name, held))
        for name, held in manifest.plans.items()
    }
    consumers: list[Consumer] = []
    keys: list[Key] = []
    for entry in manifest.consumers:
        # A subscription to a plan that the bundle does not name is left out, which refuses: nothing says how
        # often the consumer may call.
        subscriptions = {
            (held["contract"], held["major"]): plans[held["plan"]]
            for held in entry["subscriptions"]
            if held["plan"] in plans
        }
        extensions = {
            (held["contract"], held["major"]): until.timestamp()
            for held in entry["subscriptions"]
            if (until := parse_time(held.get("extended_until"))) is not None
        }
        pins = {
            (held["contract"], held["major"]): held["version"]
            for held in entry["subscriptions"]
            if held.get("version") is not None
        }
        consumer = Consumer(entry["id"], entry["name"], subscriptions, extensions, pins)
        consumers.append(consumer)
        for key in entry["keys"]:
            expires = parse_time(key.get("expires_at"))
            keys.append(
                Key(
                    key["id"],
                    bytes.fromhex(key["sha256"]),
                    expires.timestamp() if expires else None,
                    consumer,
                )
            )
    return consumers, keys
