from hypothesis import given
from hypothesis import strategies as st

from gateway.pipeline import decide
from gateway.verdicts import Request
from tests.gateway.world import GOOD, HEADERS, orders

SNAPSHOT = orders()


def test_the_first_that_refuses_decides() -> None:
    both = decide(SNAPSHOT, Request("PUT", b"/erp/v1/orders", b"limit=x", [], b"{"))
    assert both.refusal is not None
    assert both.refusal.status == 405


def test_what_is_allowed_has_a_target_and_an_operation() -> None:
    decision = decide(SNAPSHOT, Request("POST", b"/erp/v1/%6Frders", b"a=1", HEADERS, GOOD))
    assert decision.allowed
    assert decision.target == b"/erp/v1/orders?a=1"
    assert decision.operation is not None
    assert decision.operation.key == "POST /orders"


@given(
    st.sampled_from(["GET", "POST", "PUT", "X"]),
    st.binary(max_size=30),
    st.binary(max_size=30),
    st.lists(
        st.tuples(
            st.sampled_from([b"content-type", b"cookie", b"x-api-key", b"idempotency-key"]),
            st.binary(max_size=20),
        ),
        max_size=4,
    ),
    st.binary(max_size=50),
)
def test_every_request_gets_a_decision(
    method: str, path: bytes, query: bytes, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    decision = decide(SNAPSHOT, Request(method, b"/erp/v1/orders" + path, query, headers, body))
    assert decision.allowed or decision.refusal.status >= 400  # type: ignore[union-attr]
