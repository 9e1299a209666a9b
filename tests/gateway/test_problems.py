import orjson

from gateway import problems
from gateway.verdicts import Fault, Refusal


def test_a_refusal_becomes_a_problem_document() -> None:
    refusal = Refusal(
        422, "invalid-request", "Title", "Detail", (Fault("body", "/a", "m", "type"),), ((b"x", b"y"),)
    )
    status, headers, body = problems.answer(refusal, ((b"sunset", b"s"),))
    document = orjson.loads(body)
    assert status == 422
    assert document["type"] == "urn:lading:problem:invalid-request"
    assert document["errors"][0]["pointer"] == "/a"
    assert (b"content-type", b"application/problem+json") in headers
    assert (b"content-length", b"%d" % len(body)) in headers
    assert {(b"x", b"y"), (b"sunset", b"s")} <= set(headers)


def test_what_is_empty_is_left_out() -> None:
    assert set(orjson.loads(problems.document(Refusal(404, "not-found", "T")))) == {"type", "title", "status"}
