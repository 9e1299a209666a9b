from __future__ import annotations

from tests.linters.lint.linting import run


def test_one_message_in_two_places_is_one() -> None:
    document = {
        "asyncapi": "2.6.0",
        "channels": {
            "a": {"publish": {"message": {"$ref": "#/components/messages/m"}}},
            "b": {"publish": {"message": {"$ref": "#/components/messages/m"}}},
            "c": {"publish": {"message": {"messageId": "m"}}},
        },
        "components": {"messages": {"m": {"messageId": "m"}}},
    }
    (finding,) = run({"r": {"given": "$", "then": {"function": "messageIds"}}}, document)
    assert finding.path == ("channels", "c", "publish", "message", "messageId")
