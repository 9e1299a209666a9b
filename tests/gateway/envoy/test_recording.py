from __future__ import annotations

from typing import Any

import pytest

from gateway.envoy import recording
from gateway.envoy.messages_pb2 import ProcessingRequest
from gateway.envoy.processing import AUTHORIZATION, Processing
from gateway.envoy.recording import Call, Recording
from gateway.pipeline import decide
from gateway.snapshot.operation import Modes
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Refusal, Request
from tests.gateway.world import GOOD, HEADERS, orders

from .test_processing import body, head

SNAPSHOT = orders(modes=Modes("monitor", "enforce"))


def processed(name: str, *messages: ProcessingRequest, snapshot: Snapshot = SNAPSHOT) -> Processing:
    call = Processing(snapshot)
    begin = ProcessingRequest()
    begin.request_headers.SetInParent()
    begin.metadata_context.filter_metadata[AUTHORIZATION].update(
        {
            "contract": "Orders",
            "version": "1.2.0",
            "operation": "POST /orders",
            "method": "POST",
            "call": name,
        }
    )
    for message in (begin, *messages):
        call.take(message)
    return call


@pytest.fixture
def heard() -> list[tuple[Any, ...]]:
    return []


@pytest.fixture
def calls(heard: list[tuple[Any, ...]]) -> Recording:
    return Recording(lambda *call: heard.append(call), lambda: 5.0)


def request(content: bytes = GOOD) -> Request:
    return Request("POST", b"/erp/v1/orders", b"", HEADERS, content)


def test_both_halves_are_one_call(calls: Recording, heard: list[tuple[Any, ...]]) -> None:
    asked = request(b"{}")
    name = calls.passed(asked, decide(SNAPSHOT, asked))
    calls.answered(processed(name, head(), body(GOOD)), SNAPSHOT)
    ((call, status, outcome, _, content, refusal),) = heard
    assert isinstance(call, Call)
    assert (call.request, status, outcome, content, refusal) == (asked, 201, "violation", GOOD, None)


def test_outcomes(calls: Recording, heard: list[tuple[Any, ...]]) -> None:
    asked = request()
    own = head(b"503")
    own.attributes["a"].update({"response.code_details": "upstream_reset"})
    for messages in ([head(), body(GOOD)], [head(), body(b"{}")], [own], []):
        name = calls.passed(asked, decide(SNAPSHOT, asked))
        calls.answered(processed(name, *messages), SNAPSHOT)
    assert [(status, outcome) for _, status, outcome, *_ in heard] == [
        (201, "ok"),
        (502, "violation"),
        (503, "failed"),
        (499, "failed"),
    ]


def test_a_refusal_is_a_call(calls: Recording, heard: list[tuple[Any, ...]]) -> None:
    asked = Request("GET", b"/elsewhere")
    decision = decide(SNAPSHOT, asked)
    assert decision.refusal is not None
    calls.refused(asked, decision, 404, decision.refusal)
    calls.refused(asked, decision, 401, Refusal(401, "no-key", "A key"))
    assert [outcome for _, _, outcome, *_ in heard] == ["violation", "refused"]


def test_a_call_that_another_process_let_pass_is_counted_all_the_same(
    calls: Recording, heard: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "_MOST", 1)
    asked = request()
    first = calls.passed(asked, decide(SNAPSHOT, asked))
    calls.passed(asked, decide(SNAPSHOT, asked))
    for name in (first, "unknown"):
        calls.answered(processed(name, head(), body(GOOD)), SNAPSHOT)
    assert [(call.decision.operation.key, outcome) for call, _, outcome, *_ in heard] == [
        ("POST /orders", "ok")
    ] * 2


def test_what_belongs_to_no_operation_was_counted_when_it_was_refused(
    calls: Recording, heard: list[tuple[Any, ...]]
) -> None:
    calls.answered(Processing(SNAPSHOT), SNAPSHOT)
    assert heard == []
