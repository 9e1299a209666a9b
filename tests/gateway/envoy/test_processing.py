import pytest

from gateway.envoy.messages_pb2 import ProcessingMode, ProcessingRequest
from gateway.envoy.processing import AUTHORIZATION, Processing
from gateway.snapshot.operation import Mode, Modes
from tests.gateway.world import orders

from .world import ORDER


def begun(mode: Mode = "enforce", operation: str = "POST /orders") -> Processing:
    call = Processing(orders(modes=Modes("enforce", mode)))
    message = ProcessingRequest()
    message.request_headers.SetInParent()
    message.metadata_context.filter_metadata[AUTHORIZATION].update(
        {"contract": "Orders", "version": "1.2.0", "operation": operation, "method": "POST"}
    )
    call.take(message)
    return call


def head(
    status: bytes = b"201", kind: bytes = b"application/json", *, end: bool = False
) -> ProcessingRequest:
    message = ProcessingRequest()
    for name, value in ((":status", status), ("content-type", kind)):
        message.response_headers.headers.headers.add(key=name, raw_value=value)
    message.response_headers.end_of_stream = end
    return message


def body(content: bytes, *, end: bool = True) -> ProcessingRequest:
    message = ProcessingRequest()
    message.response_body.body, message.response_body.end_of_stream = content, end
    return message


@pytest.mark.parametrize(("content", "status"), [(ORDER, 0), (b"{}", 502), (b"", 502)])
def test_a_body_is_judged(content: bytes, status: int) -> None:
    call = begun()
    assert call.take(head()).WhichOneof("response") == "response_headers"
    assert call.take(body(content)).immediate_response.status.code == status


def test_a_response_without_a_body_is_judged_by_its_head() -> None:
    assert begun().take(head(b"418", end=True)).immediate_response.status.code == 0
    assert begun().take(head(b"500", end=True)).immediate_response.status.code == 502


@pytest.mark.parametrize("operation", ["", "GET /elsewhere"])
def test_a_response_of_an_unknown_call_is_withheld(operation: str) -> None:
    assert begun(operation=operation).take(head()).immediate_response.status.code == 502
    assert Processing(orders()).take(head()).immediate_response.status.code == 502


@pytest.mark.parametrize(("details", "passes"), [("ext_authz_denied", True), ("via_upstream", False)])
def test_only_envoys_own_answers_pass_unseen(details: str, passes: bool) -> None:
    message = head()
    message.attributes["envoy.filters.http.ext_proc"].update({"response.code_details": details})
    found = Processing(orders()).take(message)
    assert (found.WhichOneof("response") == "response_headers") is passes


def test_streams_pass_as_they_come() -> None:
    found = begun().take(head(kind=b"text/event-stream"))
    assert found.mode_override.response_body_mode == ProcessingMode.NONE


@pytest.mark.parametrize(("mode", "status"), [("enforce", 502), ("monitor", 0)])
def test_a_part_of_a_body_is_never_taken_for_the_whole(mode: Mode, status: int) -> None:
    call = begun(mode)
    call.take(head())
    assert call.take(body(b"[", end=False)).immediate_response.status.code == status
    if mode == "monitor":
        assert call.verdict is not None
        assert call.verdict.unvalidated


def test_what_is_not_asked_about_is_let_pass() -> None:
    for kind in ("request_body", "request_trailers", "response_trailers"):
        message = ProcessingRequest()
        getattr(message, kind).SetInParent()
        assert begun().take(message).WhichOneof("response") == kind
