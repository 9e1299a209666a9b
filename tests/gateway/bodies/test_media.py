import pytest

from gateway.bodies.media import Choices, acceptable, kind_of, parse_media_type
from gateway.malformed import Malformed


def test_names_are_lower_case_and_parameters_unquoted() -> None:
    media = parse_media_type('Text/HTML; Charset="utf-8"; a="x\\"y";')
    assert (media.name, dict(media.parameters)) == ("text/html", {"charset": "utf-8", "a": 'x"y'})


@pytest.mark.parametrize("text", ["", "json", "a/b; c d", "a/b,c/d", "a/b; " + "x=1;" * 400])
def test_what_is_no_media_type(text: str) -> None:
    with pytest.raises(Malformed):
        parse_media_type(text)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("application/json", "json"),
        ("application/problem+json", "json"),
        ("application/x-ndjson", "ndjson"),
        ("application/x-www-form-urlencoded", "form"),
        ("multipart/form-data", "multipart"),
        ("application/soap+xml", "xml"),
        ("text/csv", "text"),
        ("application/pdf", "octets"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_the_most_specific_declaration_wins() -> None:
    choices = Choices([("*/*", 1), ("text/*", 2), ("text/plain", 3), ("text/plain; version=2", 4)])
    found = {
        text: choices.find(parse_media_type(text))
        for text in ("a/b", "text/csv", "text/plain", "text/plain;version=2")
    }
    assert found == {"a/b": 1, "text/csv": 2, "text/plain": 3, "text/plain;version=2": 4}
    assert Choices([("text/plain", 1)]).find(parse_media_type("text/csv")) is None


def test_a_parameter_that_says_otherwise_does_not_match() -> None:
    choices = Choices([("application/json; version=1", 1)])
    assert choices.find(parse_media_type("application/json; version=2")) is None
    assert choices.find(parse_media_type("application/json")) == 1
    assert choices.find(parse_media_type("application/json; charset=utf-8")) == 1


@pytest.mark.parametrize(
    ("accept", "admitted"),
    [
        ("*/*", True),
        ("application/json", True),
        ("text/html, application/json;q=0.5", True),
        ("application/*", True),
        ("text/*;q=0.1", True),  # the range text/* is declared
        ("image/png", False),
        ("application/json;q=0", False),
        ("application/json;q=0.000, image/png", False),
        ("", False),
        ("not a media type", True),
    ],
)
def test_accept_admits_a_declared_type(accept: str, admitted: bool) -> None:
    assert acceptable(accept, ("application/json; charset=utf-8", "text/*")) is admitted


def test_a_parameter_is_given_once_and_in_one_piece() -> None:
    assert parse_media_type("a/b; charset=utf-8; charset=utf-8").parameters == {"charset": "utf-8"}
    for text in (
        "a/b; x=1; X=2",
        "multipart/form-data; boundary*0=a; boundary*1=b",
        "a/b; boundary*=utf-8''a",
    ):
        with pytest.raises(Malformed):
            parse_media_type(text)


def test_values_that_should_be_quoted_are_taken_by_lenient_readers() -> None:
    text = "multipart/form-data; boundary====1=="
    with pytest.raises(Malformed):
        parse_media_type(text)
    assert parse_media_type(text, True).parameters == {"boundary": "===1=="}
    with pytest.raises(Malformed):
        parse_media_type('multipart/form-data; boundary=a"b', True)
