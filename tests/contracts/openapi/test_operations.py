"""Operations with all that belongs to them."""

import pytest

from tests.contracts.made import http


def test_a_path_item_may_be_written_elsewhere_and_added_to() -> None:
    api = http(
        "paths: {/a: {$ref: 'parts.yaml#/item', put: {summary: mine}}}",
        parts="item: {get: {summary: theirs}, put: {summary: theirs}, parameters: [{name: p, in: query}]}",
    )
    found = {one.method: one for one in api.operations}
    assert {method: one.summary for method, one in found.items()} == {"GET": "theirs", "PUT": "mine"}
    assert found["GET"].origin.source == "parts.yaml"
    assert all(len(one.parameters) == 1 for one in found.values())


def test_responses_ranges_are_written_one_way() -> None:
    api = http("paths: {/a: {get: {responses: {200: {description: d}, 4xx: {}, default: {}, x-no: {}}}}}")
    assert list(api.operations[0].responses) == ["200", "4XX", "default"]


@pytest.mark.parametrize(("version", "methods"), [("3.1.0", ["GET"]), ("3.2.0", ["GET", "QUERY", "COPY"])])
def test_3_2_has_more_methods(version: str, methods: list[str]) -> None:
    api = http(
        "paths: {/a: {get: {}, query: {}, additionalOperations: {COPY: {}}}}", head=f"openapi: {version}\n"
    )
    assert [one.method for one in api.operations] == methods


def test_everything_simple_is_carried_over() -> None:
    api = http(
        """
        paths:
          /a:
            get: {operationId: i, summary: s, description: d, tags: [t], deprecated: true, x-a: 1, responses: {}}
        """
    )
    (one,) = api.operations
    assert (one.operation_id, one.summary, one.description, one.tags, one.deprecated) == (
        "i",
        "s",
        "d",
        ("t",),
        True,
    )
    assert one.extensions == {"x-a": 1}
    assert one.raw["operationId"] == "i"
    assert one.origin.path == ("paths", "/a", "get")


def test_callbacks_are_operations() -> None:
    api = http("paths: {/a: {post: {callbacks: {done: {$ref: '#/components/callbacks/d'}}}}}\n"
               "components: {callbacks: {d: {'{$request.body#/url}': {post: {requestBody: {content: {}}}}}}}")  # fmt: skip
    (callback,) = api.operations[0].callbacks
    assert (callback.kind, callback.name, callback.path) == ("callback", "done", "{$request.body#/url}")
    assert callback.body is not None
    assert callback.servers == ()


def test_callbacks_that_call_themselves_end() -> None:
    api = http("paths: {/a: {post: &a {callbacks: {c: {x: {$ref: '#/paths/~1a'}}}}}}")
    depth, one = 0, api.operations[0]
    while one.callbacks:
        depth, one = depth + 1, one.callbacks[0]
    assert depth == 3


def test_a_body_written_elsewhere() -> None:
    api = http("paths: {/a: {post: {requestBody: {$ref: '#/components/requestBodies/B'}}}}\n"
               "components: {requestBodies: {B: {required: true, content: {a/b: {}}}}}")  # fmt: skip
    body = api.operations[0].body
    assert body is not None
    assert (body.required, list(body.content), body.origin.path[-1]) == (True, ["a/b"], "B")


def test_an_operation_that_says_nothing_is_one_and_is_told() -> None:
    api = http("paths:\n  /a:\n    post:\n")
    assert [one.method for one in api.operations] == ["POST"]
    assert [problem.code for problem in api.problems] == ["operation-empty"]
