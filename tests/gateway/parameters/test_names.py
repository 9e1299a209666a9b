"""Undeclared names in query, header fields and cookies, by policy."""

from gateway.checks.exempt import Exempt
from gateway.parameters.names import Names, StrangeFields, strangers
from gateway.rules import Rules

NAMES = Names(
    query=frozenset({"limit"}),
    prefixes=("filter[",),
    headers=frozenset({b"x-tenant"}),
    cookies=frozenset({"session"}),
)
HEADERS = {b"host": b"a", b"x-tenant": b"1", b"x-odd": b"1", b"user-agent": b"u"}
STRICT = Rules(unknown_query="refuse", unknown_headers="tell", unknown_cookies="refuse")


def test_each_place_has_its_policy() -> None:
    held = strangers(NAMES, STRICT, Exempt())
    assert held is not None
    found = list(held.find(["limit", "filter[a]", "page"], HEADERS, ["session", "track"]))
    assert [(fault.place, fault.pointer, fault.refuses) for fault in found] == [
        ("query", "/page", True),
        ("header", "/x-odd", False),
        ("cookie", "/track", True),
    ]


def test_where_all_is_allowed_nothing_is_looked_for() -> None:
    assert strangers(NAMES, Rules(), Exempt()) is None


def test_an_exploded_object_takes_every_query_parameter() -> None:
    held = strangers(Names(open_query=True), Rules(unknown_query="refuse"), Exempt())
    assert held is not None
    assert list(held.find(["any"], {}, [])) == []


def test_exempt_names_do_not_count() -> None:
    held = strangers(NAMES, STRICT, Exempt(["query/page", "header/x-*", "cookie"]))
    assert held is not None
    assert list(held.find(["page"], HEADERS, ["track"])) == []


def test_fields_of_http_itself_are_no_strangers_in_responses() -> None:
    fields = StrangeFields(frozenset({b"x-rate"}), "refuse", Exempt())
    found = fields.find([b"content-type", b"set-cookie", b"x-rate", b"x-debug"])
    assert [fault.pointer for fault in found] == ["/x-debug"]
