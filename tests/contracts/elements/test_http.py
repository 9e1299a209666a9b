"""Operations are known by a key that people read."""

from tests.contracts.made import http


def test_keys_tell_operations_webhooks_and_callbacks_apart() -> None:
    api = http(
        """
        paths:
          /a/{id}:
            get: {callbacks: {done: {'{$url}': {put: {}}}}}
        webhooks:
          shipped: {post: {}, put: {}}
        """,
        head="openapi: 3.1.0\n",
    )
    (operation,) = api.operations
    assert operation.key == "GET /a/{id}"
    assert [callback.key for callback in operation.callbacks] == ["callback:done:PUT {$url}"]
    assert sorted(webhook.key for webhook in api.webhooks) == ["webhook:shipped", "webhook:shipped:PUT"]
