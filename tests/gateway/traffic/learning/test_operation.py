from typing import Any

from gateway.parameters.text import parse_query
from gateway.traffic.har import read_har
from gateway.traffic.learning.operation import Content, Learned, schemes_of
from gateway.traffic.recorded import Recorded
from tests.gateway.traffic.world import archive, entry

JSON = [(b"content-type", b"application/json")]


def learned(*entries: Any) -> Learned:
    found = Learned()
    for exchange in read_har(archive(*entries)):
        assert isinstance(exchange, Recorded)
        found.add(exchange, parse_query(exchange.request.query, 100))
    return found


def test_query_parameters_are_required_where_always_there() -> None:
    held = learned(
        entry("GET", "https://a/b?page=1&tag=x&tag=y&all=true"), entry("GET", "https://a/b?page=2&q=z")
    )
    assert held.described({})["parameters"] == [
        {"name": "all", "in": "query", "schema": {"type": "boolean"}},
        {"name": "page", "in": "query", "required": True, "schema": {"type": "integer"}},
        {"name": "q", "in": "query", "schema": {"type": "string"}},
        {"name": "tag", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
    ]


def test_a_body_that_is_sometimes_missing_is_optional() -> None:
    one, other = entry("POST", "https://a/b", {"x": 1}), entry("POST", "https://a/b")
    assert learned(one).described({})["requestBody"]["required"] is True
    assert "required" not in learned(one, other).described({})["requestBody"]


def test_an_answer_that_is_sometimes_empty_is_not_described() -> None:
    found = learned(entry("GET", "https://a/b", answer={"x": 1}), entry("GET", "https://a/b"))
    assert found.described({})["responses"] == {"200": {"description": "OK"}}


def test_own_headers_are_kept_and_those_of_the_way_are_not() -> None:
    names = ("X-Tenant", "Idempotency-Key", "X-Forwarded-For", "X-Request-Id", "User-Agent", "Cookie")
    held = learned(entry("GET", "https://a/b", headers=[(name, "secret") for name in names])).described({})
    assert [parameter["name"] for parameter in held["parameters"]] == ["idempotency-key", "x-tenant"]
    assert "secret" not in str(held)


def test_credentials_become_security_where_always_there() -> None:
    token = [("Authorization", "Bearer s3cr3t")]
    held = learned(entry("GET", "https://a/b", headers=token))
    assert held.described({})["security"] == [{"bearer": []}]
    held.merge(learned(entry("GET", "https://a/b")))
    assert "security" not in held.described({})
    assert list(schemes_of({"bearer"})) == ["bearer"]


def test_what_cannot_be_read_is_not_described() -> None:
    content = Content()
    content.add(JSON, b"{}", known=True)
    assert content.media() == {"application/json": {"schema": {"type": "object"}}}
    content.add(JSON, b"{", known=True)
    assert content.unclear


def test_merging_adds_up() -> None:
    held = learned(entry("GET", "https://a/b?x=1", answer=1))
    held.merge(learned(entry("GET", "https://a/b?x=2", status=404), entry("GET", "https://a/b", answer="s")))
    described = held.described({})
    assert list(described["responses"]) == ["200", "404"]
    assert described["responses"]["200"]["content"]["application/json"]["schema"] == {
        "type": ["string", "integer"]
    }
    assert "required" not in described["parameters"][0]
