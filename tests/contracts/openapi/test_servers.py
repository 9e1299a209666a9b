"""Where a contract is served."""

import pytest

from tests.contracts.made import http


@pytest.mark.parametrize(
    ("written", "urls"),
    [
        ("", []),
        ("basePath: /v1", ["/v1"]),
        ("host: h\nbasePath: /v1", ["//h/v1"]),
        ("host: h:1\nschemes: [https, http]", ["https://h:1", "http://h:1"]),
        ("host: h\nbasePath: /v1\nschemes: [wss]", ["wss://h/v1"]),
    ],
)
def test_servers_of_2(written: str, urls: list[str]) -> None:
    assert [server.url for server in http(written, head="swagger: '2.0'\n").servers] == urls


def test_an_operation_of_2_has_schemes_of_its_own() -> None:
    api = http(
        "host: h\nschemes: [https]\npaths: {/a: {get: {schemes: [http]}, put: {}}}", head="swagger: '2.0'\n"
    )
    assert {one.method: one.servers[0].url for one in api.operations} == {
        "GET": "http://h",
        "PUT": "https://h",
    }


def test_the_nearest_servers_count() -> None:
    api = http(
        """
        servers: [{url: /all, description: d, variables: {v: {default: x}}}]
        paths:
          /a: {servers: [{url: /path}], get: {servers: [{url: /own}]}, put: {}}
          /b: {get: {}}
        """
    )
    assert api.servers[0].variables == {"v": {"default": "x"}}
    assert api.servers[0].description == "d"
    assert {one.key: one.servers[0].url for one in api.operations} == {
        "GET /a": "/own",
        "PUT /a": "/path",
        "GET /b": "/all",
    }
