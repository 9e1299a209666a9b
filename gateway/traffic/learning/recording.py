"""An open proxy that learns: everything passes, nothing is checked, and of what passed the shapes are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from contracts.document import parse
from contracts.model import HttpApi, build
from contracts.references import load
from gateway.bodies.codings import TooLarge, UnknownCoding, decoded
from gateway.malformed import Malformed
from gateway.rules import Rules
from gateway.snapshot.compiling import compile_contract
from gateway.snapshot.contract import Contract
from gateway.snapshot.operation import Modes
from gateway.snapshot.snapshot import Snapshot, snapshot
from gateway.traffic.recorded import Known, Recorded
from gateway.upstreams.settings import NOTHING_SAID, Settings, policy_of
from gateway.verdicts import Header, Outcome, Refusal, Request, Response, Verdict

from .draft import Learner

if TYPE_CHECKING:
    from gateway.http.exchange import Exchange

LARGEST = 1024 * 1024
"""Bytes of a body that is learned from, also when it is decompressed."""
_NOTHING = b"openapi: 3.1.0\ninfo: {title: learning, version: 0.0.0}\npaths: {}\n"
_RULES = Rules(
    security="ignore",
    unknown_paths="allow",
    undeclared_status="allow",
    unknown_query="allow",
    unvalidated="allow",
)


def everything(upstreams: tuple[str, ...], settings: Settings = NOTHING_SAID) -> Snapshot:
    """A snapshot that lets every call pass to the upstreams, whose responses are held until they are whole."""
    api = build(load(parse(_NOTHING, "learning.yaml")))
    assert isinstance(api, HttpApi)
    parts = [urlsplit(upstream) for upstream in upstreams]
    said = settings.of("learning", 0)
    contract = Contract(
        name="learning",
        version="0.0.0",
        base_paths=("",),
        upstreams=tuple(f"{one.scheme}://{one.netloc}" for one in parts),
        upstream_path=parts[0].path.rstrip("/") or None,
        modes=Modes("off", "monitor"),
        rules=_RULES,
        policy=policy_of(said),
    )
    made = compile_contract(contract, api, said=said)
    assert made.fallback is not None
    open_to_all = replace(made, fallback=replace(made.fallback, modes=contract.modes))
    return snapshot([open_to_all], id="learning", environment="learning")


class Recording:
    """Hands every call that its upstream answered to a learner."""

    def __init__(self, learner: Learner) -> None:
        self._learner = learner

    def record(
        self,
        exchange: Exchange,
        status: int,
        outcome: Outcome,
        verdict: Verdict | None,
        body: bytes,
        refusal: Refusal | None,
        seconds: float,
    ) -> None:
        if refusal is not None or outcome == "failed":
            self._learner.left_out += 1
            return
        request = exchange.request
        sent, knows_sent = _plain(request.headers, request.body)
        # A streamed response is not held, so that nothing is known of its body.
        held = verdict is not None
        answered, knows_answered = _plain(exchange.headers, body) if held else (b"", False)
        self._learner.add(
            Recorded(
                "",
                "",
                Request(request.method, request.path, request.query, request.headers, sent, request.scheme),
                Response(status, exchange.headers, answered),
                Known(True, knows_sent, True, knows_answered),
            )
        )

    def told(self) -> dict[str, Any]:
        """For readiness: what was learned from."""
        learner = self._learner
        return {
            "exchanges": learner.exchanges,
            "left_out": learner.left_out,
            "full": learner.full,
        }


def _plain(headers: list[Header], body: bytes) -> tuple[bytes, bool]:
    """The body without its codings, and whether it is known; what is too large, or cannot be undone, is not."""
    coding = dict(headers).get(b"content-encoding")
    try:
        plain = decoded(body, coding.decode("latin-1"), LARGEST) if coding is not None and body else body
    except (Malformed, UnknownCoding, TooLarge):
        return b"", False
    return (plain, True) if len(plain) <= LARGEST else (b"", False)
