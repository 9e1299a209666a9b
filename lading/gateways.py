"""What every way to run the gateway is set up from: settings, options, a contract or a registry."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from contracts.errors import ContractError
from contracts.model import HttpApi, build
from contracts.validity import check
from gateway.configuration import PLAIN, Configuration, configured
from gateway.malformed import Malformed
from gateway.observations.spool import InUse
from gateway.rules import Rules, WrongRule, parse_rules
from gateway.service import Registry, Service
from gateway.snapshot.operation import Mode, Modes
from gateway.snapshot.snapshot import Snapshot
from gateway.standalone import standalone
from gateway.workers.worker import Worker
from lading import settings
from lading.files import read_bytes, read_set
from lading.outcome import CouldNotTell

_MODES = ("enforce", "monitor", "off")
_MOST_DEFECTS = 10


@dataclass(frozen=True, slots=True)
class Alone:
    """One contract that is served without a registry; `rules` are texts as `--rule` takes them.

    A formally invalid document is served as far as it is understood, unless `invalid` is `refuse`.
    """

    contract: Path
    upstreams: tuple[str, ...]
    base_path: str | None
    mode: str
    response_mode: str
    rules: tuple[str, ...] = ()
    invalid: str = "serve"

    def snapshot(self, known: settings.Settings, configuration: Configuration) -> Snapshot:
        """What the gateway serves. Raises `CouldNotTell` for whatever is wrong with an option or the contract."""
        rules = _rules(known.gateway_rules, self.rules)
        modes = _modes(self.mode, self.response_mode or self.mode)
        _one_of("--invalid", self.invalid, ("serve", "refuse"))
        return _standalone(self, modes, rules, configuration)


def chosen(
    contract: Path | None,
    upstreams: Sequence[str],
    base_path: str | None,
    mode: str,
    response_mode: str,
    rules: tuple[str, ...],
    invalid: str = "serve",
) -> Alone | None:
    """What the options choose: one contract, or None for a registry. Refuses upstreams that no contract goes with."""
    if contract is not None:
        return Alone(contract, tuple(upstreams), base_path, mode, response_mode, rules, invalid)
    if upstreams:
        raise CouldNotTell("--upstream needs --contract.", "With a registry, the bundle names the upstreams.")
    return None


def service(
    known: settings.Settings,
    alone: Alone | None,
    log: BinaryIO | None,
    configuration: Configuration,
    worker: Worker | None = None,
) -> Service:
    """A gateway of one contract, or of what a registry deploys. Raises `CouldNotTell`."""
    if alone is None:
        return _connected(known, log, configuration, worker)
    # One of several tells what is wrong with the contract; the others would only repeat it.
    quiet = worker is not None and worker.number > 0
    with contextlib.redirect_stderr(io.StringIO()) if quiet else contextlib.nullcontext():
        held = alone.snapshot(known, configuration)
    return Service(held, access_log=log, configuration=configuration, worker=worker)


def address(name: str, given: str) -> tuple[str, int]:
    """Host and port of `host:port`."""
    host, colon, port = given.rpartition(":")
    if not colon or not host or not port.isdecimal() or int(port) > 65535:
        raise CouldNotTell(f"{name} is {given!r}.", "It is host:port, for example 127.0.0.1:8402.")
    return host.strip("[]"), int(port)


def addresses(upstreams: Sequence[str]) -> None:
    """Refuses what are no addresses of upstreams, without repeating them: one may hold a password."""
    example = "For example --upstream http://127.0.0.1:9000."
    try:
        parts = [urlsplit(upstream) for upstream in upstreams]
        good = all(one.scheme in ("http", "https") and one.hostname and one.port != 0 for one in parts)
    except ValueError:
        good = False
    if not upstreams or not good:
        raise CouldNotTell("--upstream names where calls go.", example)
    if any("@" in one.netloc or one.query or one.fragment for one in parts):
        raise CouldNotTell("An upstream's address has no user, no password and no query.", example)
    if len({one.path.rstrip("/") for one in parts}) > 1:
        raise CouldNotTell("The upstreams have different paths, and calls go to any of them.")


def configuration(option: Path | None, known: settings.Settings) -> Configuration:
    """Whom to believe, by the file that the option or the setting names."""
    path = option or (Path(known.gateway_config) if known.gateway_config else None)
    if path is None:
        return PLAIN
    try:
        return configured(tomllib.loads(read_bytes(path).decode()), os.environ)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CouldNotTell(f"{path} is not TOML: {error}.") from None
    except Malformed as error:
        raise CouldNotTell(
            f"{path}: {error.message}.", "docs/guides/operator.md shows what it holds."
        ) from None


def _connected(
    known: settings.Settings, log: BinaryIO | None, configuration: Configuration, worker: Worker | None
) -> Service:
    """A gateway that takes its bundle from a registry."""
    registry = Registry(
        known.registry,
        known.token,
        known.environment,
        known.gateway_name,
        known.data / "gateway",
        _pinned(known.bundle_key),
    )
    try:
        known.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Service(
            registry=registry,
            access_log=log,
            configuration=configuration,
            rules=_house_rules(known.gateway_rules),
            worker=worker,
        )
    except InUse as error:
        raise CouldNotTell(
            f"Another gateway uses {error}.", "Stop it, or give this one a folder of its own: LADING_DATA."
        ) from None
    except OSError as error:
        raise CouldNotTell(
            f"{error.filename}: {error.strerror}.", "LADING_DATA names the data folder."
        ) from None


def _pinned(path: str) -> dict[str, Any] | None:
    if not path:
        return None
    try:
        keys = json.loads(read_bytes(Path(path)))
    except ValueError:
        keys = None
    if not isinstance(keys, dict) or not isinstance(keys.get("keys"), list):
        raise CouldNotTell(
            f"{path} is not a JWKS.", "It holds what the registry answers at /v1/bundles/keys."
        )
    return keys


def _modes(request: str, response: str) -> Modes:
    for name, given in (("--mode", request), ("--response-mode", response)):
        _one_of(name, given, _MODES)
    return Modes(cast(Mode, request), cast(Mode, response))


def _rules(house: str, given: tuple[str, ...]) -> Rules:
    """Those of the setting, then those that were given."""
    try:
        return parse_rules(" ".join([house, *given]), Rules(security="presence"))
    except WrongRule as error:
        raise CouldNotTell(str(error), "docs/settings.md says what each is for.") from None


def _house_rules(text: str) -> Rules:
    try:
        return parse_rules(text)
    except WrongRule as error:
        raise CouldNotTell(
            f"LADING_GATEWAY_RULES: {error}", "docs/settings.md says what each is for."
        ) from None


def _standalone(alone: Alone, modes: Modes, rules: Rules, configuration: Configuration) -> Snapshot:
    path, upstreams, base_path = alone.contract, alone.upstreams, alone.base_path
    addresses(upstreams)
    if base_path is not None and not base_path.startswith("/"):
        raise CouldNotTell(f"--base-path begins with a slash, and {base_path!r} does not.")
    documents = read_set(path)
    api = build(documents)
    if not isinstance(api, HttpApi):
        raise CouldNotTell(
            f"{path} describes events, and the gateway checks calls.", "Name an OpenAPI document."
        )
    _tell_defects([*api.problems, *check(documents)], path, refuses=alone.invalid == "refuse")
    if not api.operations:
        raise CouldNotTell(f"{path} declares no operations, so every call would be refused.")
    made = standalone(
        api,
        upstreams,
        bases=None if base_path is None else (base_path,),
        modes=modes,
        rules=rules,
        consumers=configuration.consumers,
        settings=configuration.upstreams,
    )
    strangers = configuration.upstreams.strangers(made.lines)
    if strangers:
        raise CouldNotTell(
            f"The configuration names operations that the contract does not have: {', '.join(strangers)}."
        )
    return made


def _tell_defects(defects: Sequence[ContractError], path: Path, *, refuses: bool) -> None:
    """Says what is wrong with a document. Raises `CouldNotTell` where that keeps it from being served."""
    told = list(dict.fromkeys(str(defect) for defect in defects))
    for text in told[:_MOST_DEFECTS]:
        print(f"lading: {text}", file=sys.stderr)
    if len(told) > _MOST_DEFECTS:
        more = len(told) - _MOST_DEFECTS
        print(f"lading: and {more} more; `lading lint {path}` tells them all.", file=sys.stderr)
    if told and refuses:
        raise CouldNotTell(f"{path} is not valid, and --invalid is 'refuse'.", "Correct what is told above.")
    if told:
        print(
            f"lading: {path} is not valid. It is served as far as it is understood; what a call could not be held "
            "against counts as unvalidated.",
            file=sys.stderr,
        )


def _one_of(name: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise CouldNotTell(f"{name} is {given!r}.", f"It is one of {', '.join(known)}.")
