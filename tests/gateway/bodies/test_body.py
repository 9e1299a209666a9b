import gzip

import pytest

from gateway.acceptors import acceptor as acceptors
from gateway.acceptors.acceptor import HOT, Workshop
from gateway.acceptors.machine import Machine
from gateway.pipeline import decide
from gateway.rules import Rules
from gateway.verdicts import Request
from tests.gateway.world import codes, orders

CONTRACT = """
openapi: 3.0.3
info: {{title: t, version: 1.0.0}}
paths:
  /it:
    post:
      requestBody: {{content: {{{media}: {{schema: {schema}}}}}}}
      responses: {{default: {{description: d}}}}
"""


def judged(media: str, schema: str, body: bytes, content_type: str | None = None, coding: str | None = None):  # type: ignore[no-untyped-def]
    snapshot = orders(text=CONTRACT.format(media=f'"{media}"', schema=schema))
    headers = [(b"content-type", (content_type or media).encode())]
    if coding:
        headers.append((b"content-encoding", coding.encode()))
    return decide(snapshot, Request("POST", b"/it", b"", headers, body))


OBJECT = "{type: object, required: [n], properties: {n: {type: integer}}}"


@pytest.mark.parametrize(
    ("media", "schema", "good", "bad", "pointer"),
    [
        ("application/json", OBJECT, b'{"n":1}', b'{"n":"x"}', "/n"),
        ("application/vnd.x+json", OBJECT, b'{"n":1}', b"{}", ""),
        ("application/x-ndjson", OBJECT, b'{"n":1}\n{"n":2}\n', b'{"n":1}\n{"n":"x"}\n', "/1/n"),
        ("application/x-www-form-urlencoded", OBJECT, b"n=1", b"n=x", "/n"),
        ("text/plain", "{type: string, maxLength: 3}", b"abc", b"abcd", ""),
        ("text/plain", "{type: integer}", b"5", b"x", ""),
        (
            "application/octet-stream",
            "{type: string, format: binary, maxLength: 3}",
            b"\xff\x00",
            b"\xff\x00\x01\x02",
            "",
        ),
    ],
)
def test_bodies_are_judged_by_their_type(
    media: str, schema: str, good: bytes, bad: bytes, pointer: str
) -> None:
    assert judged(media, schema, good).faults == ()
    (fault, *_) = judged(media, schema, bad).faults
    assert (fault.place, fault.pointer) == ("body", pointer)
    assert fault.schema_pointer.startswith("/paths/~1it/post/requestBody")


def test_malformed_content_points_at_its_declaration() -> None:
    decision = judged("application/json", OBJECT, b"{")
    assert decision.refusal.status == 400
    assert decision.faults[0].schema_pointer == "/paths/~1it/post/requestBody/content/application~1json"


def test_compressed_bodies_are_looked_into() -> None:
    assert judged("application/json", OBJECT, gzip.compress(b'{"n":1}'), coding="gzip").faults == ()
    assert codes(judged("application/json", OBJECT, gzip.compress(b'{"n":"x"}'), coding="gzip")) == [
        ("body", "/n", "type")
    ]


def test_xml_is_judged_by_the_schema() -> None:
    assert judged("application/xml", OBJECT, b"<a><n>1</n></a>").faults == ()
    assert codes(judged("application/xml", OBJECT, b"<a><n>x</n></a>")) == [("body", "/n", "type")]
    assert judged("application/xml", OBJECT, b"<a>").refusal.status == 400


def test_what_is_not_looked_into_is_told() -> None:
    assert judged("application/pdf", OBJECT, b"%PDF").unvalidated == (
        "content of application/pdf is not looked into",
    )


def test_numbers_in_json_may_be_text_where_the_rules_say_so() -> None:
    text = CONTRACT.format(
        media='"application/json"', schema=OBJECT.replace("integer", "integer, maximum: 9")
    )
    json = [(b"content-type", b"application/json")]
    lenient = orders(text=text, rules=Rules(text_scalars="allow"))
    for content, wanted in (
        (b'{"n":"9"}', []),
        (b'{"n":9}', []),
        (b'{"n":"10"}', [("body", "/n", "maximum")]),
    ):
        assert codes(decide(lenient, Request("POST", b"/it", b"", json, content))) == wanted
    strict = decide(orders(text=text), Request("POST", b"/it", b"", json, b'{"n":"9"}'))
    assert codes(strict) == [("body", "/n", "type")]


@pytest.fixture
def workshop(monkeypatch: pytest.MonkeyPatch) -> Workshop:
    made = Workshop()
    monkeypatch.setattr(acceptors, "WORKSHOP", made)
    return made


def test_a_hot_schema_knows_what_is_valid_and_nothing_else_changes(workshop: Workshop) -> None:
    snapshot = orders(text=CONTRACT.format(media='"application/json"', schema=OBJECT))
    headers = [(b"content-type", b"application/json")]

    def told(body: bytes) -> object:
        decision = decide(snapshot, Request("POST", b"/it", b"", headers, body))
        return decision.refusal, decision.faults, decision.unvalidated

    bodies = (
        b'{"n":1}',
        b'{"n":"x"}',
        b'{"n":1,"n":1}',
        b'{"n":1',
        b'{"n":\xff}',
        b' { "n" : 1 } ',
        b'{"n":1.0}',
        b"",
    )
    before = [told(body) for body in bodies]
    for _ in range(HOT):
        told(bodies[0])
    workshop.rest(20)
    assert workshop.made == 1
    assert [told(body) for body in bodies] == before


def test_a_compiled_schema_that_is_wrong_is_found_out(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = orders(text=CONTRACT.format(media='"application/json"', schema=OBJECT))

    def told(body: bytes) -> list[tuple[str, str, str]]:
        headers = [(b"content-type", b"application/json")]
        return codes(decide(snapshot, Request("POST", b"/it", b"", headers, body)))

    for _ in range(HOT):
        told(b'{"n":1}')
    workshop.rest(20)
    monkeypatch.setattr(Machine, "judge", lambda *_: True)
    wrong = 0
    while not workshop.problem:
        wrong += told(b'{"n":"x"}') == []
        assert wrong < 1_000
    assert "the validator refuses" in workshop.problem
    assert told(b'{"n":"x"}') == [("body", "/n", "type")]
