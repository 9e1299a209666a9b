"""A document as a whole."""

import pytest

from tests.contracts.made import events


def test_the_head_of_3() -> None:
    api = events(
        "info: {title: A, version: '2', tags: [{name: t}]}\ndefaultContentType: a/b\nx-a: 1",
        head="asyncapi: 3.0.0\n",
    )
    assert (api.title, api.version, api.default_content_type, api.extensions) == ("A", "2", "a/b", {"x-a": 1})
    assert [tag.name for tag in api.tags] == ["t"]


def test_the_head_of_2() -> None:
    api = events(
        "tags: [{name: t}]\ncomponents: {securitySchemes: {k: {type: userPassword}}}",
        head="asyncapi: 2.0.0\n",
    )
    assert [tag.name for tag in api.tags] == ["t"]
    assert api.security_schemes["k"].type == "userPassword"


@pytest.mark.parametrize(
    ("head", "written", "url"),
    [
        ("asyncapi: 2.6.0\n", "{url: 'h:1/x', protocol: mqtt}", "mqtt://h:1/x"),
        ("asyncapi: 2.6.0\n", "{url: 'wss://h', protocol: wss}", "wss://h"),
        ("asyncapi: 3.0.0\n", "{host: 'h:1', pathname: /x, protocol: amqp}", "amqp://h:1/x"),
    ],
)
def test_servers(head: str, written: str, url: str) -> None:
    (server,) = events(f"servers: {{s: {written}}}", head=head).servers
    assert (server.name, server.url) == ("s", url)
