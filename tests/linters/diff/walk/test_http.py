from __future__ import annotations

from linters.diff.policy import BACKWARD
from linters.diff.transitions import Transition
from linters.diff.walk import http as walk
from tests.linters.diff.building import api, http


def found(base: object, revision: object) -> list[tuple[str, str]]:
    transitions = walk.walk(base, revision, BACKWARD)  # type: ignore[arg-type]
    return [(one.element, one.action) for one in transitions if isinstance(one, Transition)]


def test_nothing_changed() -> None:
    assert not found(http(), http())


def test_a_path_that_is_gone_and_an_operation_that_is_gone() -> None:
    two = api({
        "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
        "paths": {"/orders": {"post": {"responses": {}}, "get": {"responses": {}}}},
    })  # fmt: skip
    one = api({
        "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
        "paths": {"/orders": {"post": {"responses": {}}}},
    })  # fmt: skip
    none = api({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}})
    assert found(two, one) == [("operation", "removed")]
    assert found(one, none) == [("path", "removed")]
    assert found(one, two) == [("operation", "added")]


def test_webhooks_callbacks_and_servers() -> None:
    hook = {"shipped": {"post": {"responses": {}}}}
    call = {"callbacks": {"done": {"{$request.body#/url}": {"post": {"responses": {}}}}}}
    assert found(http(), http(webhooks=hook)) == [("webhook", "added")]
    assert found(http(webhooks=hook), http()) == [("webhook", "removed")]
    assert found(http(), http(operation=call)) == [("callback", "added")]
    assert found(http(operation=call), http()) == [("callback", "removed")]
    servers = [{"url": "https://a.example"}], [{"url": "https://b.example"}]
    assert found(http(servers=servers[0]), http(servers=servers[1])) == [
        ("server", "removed"),
        ("server", "added"),
    ]


def test_servers_of_one_operation() -> None:
    own = [http(operation={"servers": [{"url": f"https://{name}.example"}]}) for name in ("a", "b")]
    assert found(*own) == [("server", "removed"), ("server", "added")]


def test_extensions_of_the_whole_and_of_a_path() -> None:
    assert found(http(), http(**{"x-team": "orders"})) == [("extension", "added")]
    value = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"responses": {}}}},
    }
    extended = {**value, "paths": {"/a": {"x-team": 1, "get": {"responses": {}}}}}
    assert found(api(extended), api(value)) == [("extension", "removed")]
