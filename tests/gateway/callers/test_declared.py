import base64
from types import MappingProxyType

import pytest

from contracts.model import Origin, SecurityScheme
from gateway.callers.declared import missing


def scheme(
    type: str, location: str | None = None, parameter: str | None = None, word: str | None = None
) -> SecurityScheme:
    return SecurityScheme(
        "s", type, location, parameter, word, None, {}, None, Origin("", ()), MappingProxyType({})
    )


BASIC = scheme("http", word="Basic")
USER = b"Basic " + base64.b64encode(b"user:password")
DIGEST = b'Digest username="u", realm="", nonce="", uri="/", response=""'


@pytest.mark.parametrize(
    ("held", "headers", "query", "there"),
    [
        (scheme("apiKey", "header", "X-Key"), {b"x-key": b"1"}, b"", True),
        (scheme("apiKey", "header", "X-Key"), {}, b"", False),
        (scheme("apiKey", "query", "key"), {}, b"key=1", True),
        (scheme("apiKey", "query", "key"), {}, b"key=", False),
        (scheme("apiKey", "cookie", "sid"), {b"cookie": b"a=1; sid=2"}, b"", True),
        (BASIC, {b"authorization": USER}, b"", True),
        (BASIC, {b"authorization": b"Basic " + base64.b64encode(b"user")}, b"", False),
        (BASIC, {b"authorization": b"Basic !!"}, b"", False),
        (scheme("http", word="digest"), {b"authorization": DIGEST}, b"", True),
        (scheme("http", word="digest"), {b"authorization": b"Digest username=u"}, b"", False),
        (scheme("http", word="bearer"), {b"authorization": b"Bearer x"}, b"", True),
        (scheme("oauth2"), {b"authorization": b"Basic x"}, b"", False),
        (scheme("mutualTLS"), {}, b"", True),
        (scheme("unheardOf"), {}, b"", False),
    ],
)
def test_presence_and_form(
    held: SecurityScheme, headers: dict[bytes, bytes], query: bytes, there: bool
) -> None:
    assert (missing(({"s": ()},), {"s": held}, headers, query) == ()) == there


def test_all_of_one_requirement_and_any_of_several() -> None:
    schemes = {"a": scheme("apiKey", "header", "A"), "b": scheme("apiKey", "header", "B")}
    both, either = ({"a": (), "b": ()},), ({"a": ()}, {"b": ()})
    assert missing(both, schemes, {b"a": b"1"}, b"")
    assert not missing(both, schemes, {b"a": b"1", b"b": b"1"}, b"")
    assert not missing(either, schemes, {b"b": b"1"}, b"")
    assert not missing(({"a": ()}, {}), schemes, {}, b"")
    assert not missing((), schemes, {}, b"")
    assert not missing(None, schemes, {}, b"")


def test_a_scheme_that_nobody_declared_cannot_be_met() -> None:
    assert missing(({"x": ()},), {}, {b"authorization": b"Bearer x"}, b"")[0].pointer == "/x"
