from hypothesis import given
from hypothesis import strategies as st

from gateway.idempotency.answers import Answer, unpacked

BYTES = st.binary(max_size=50)


@given(st.integers(200, 599), st.lists(st.tuples(BYTES, BYTES), max_size=5), st.binary(max_size=300))
def test_an_answer_comes_back_as_it_was(status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    answer = Answer(status, tuple(headers), body)
    assert unpacked(answer.packed()) == answer
    assert answer.size >= len(body)
