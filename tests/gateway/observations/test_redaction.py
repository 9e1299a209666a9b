import json

from hypothesis import given
from hypothesis import strategies as st

from gateway.observations.redaction import redacted, sample

SECRETS = st.recursive(
    st.just("SECRET-VALUE") | st.just(981273645) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
)


@given(SECRETS)
def test_no_value_is_left(value: object) -> None:
    text = json.dumps(redacted(value))
    assert "SECRET" not in text
    assert "981273645" not in text


def test_the_surroundings_of_a_fault() -> None:
    body = b'{"lines":[{"sku":"a","price":{"amount":1.5}}],"note":null,"ok":true}'
    assert sample(body, "/lines/0/price/amount") == {"at": {"amount": "number"}}
    assert sample(body, "/lines/0/missing") == {"at": {"sku": "string of 1", "price": {"amount": "number"}}}
    assert sample(body, "") == {
        "at": {"lines": [{"sku": "string of 1", "price": "object of 1"}], "note": "null", "ok": "boolean"}
    }
    assert sample(b"no json", "") is None
    assert sample(b"", "") is None
