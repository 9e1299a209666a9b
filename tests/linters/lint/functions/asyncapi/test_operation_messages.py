from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

ROOT = {
    "channels": {
        "a": {"messages": {"m": {"$ref": "#/components/messages/m"}}},
        "b": {"$ref": "#/components/channels/b"},
    },
    "components": {"messages": {"m": {}}, "channels": {"b": {"messages": {"n": {}}}}},
}


@pytest.mark.parametrize(
    ("channel", "message", "good"),
    [
        ("#/channels/a", "#/channels/a/messages/m", True),
        ("#/channels/a", "#/components/messages/m", False),
        ("#/channels/b", "#/channels/b/messages/n", True),
        ("#/channels/b", "#/channels/a/messages/m", False),
        ("#/channels/a", "#/channels/a", False),
        ("#/channels/a", "#/channels/a/messages/none", True),
        ("#/channels/none", "#/channels/a/messages/m", True),
    ],
)
def test_messages_are_those_of_the_channel(channel: str, message: str, good: bool) -> None:
    operation = {"channel": {"$ref": channel}, "messages": [{"$ref": message}]}
    found = ask("operationMessages", operation, root=ROOT)
    assert [problem.below for problem in found] == ([] if good else [("messages", 0)])


@pytest.mark.parametrize("operation", [None, {}, {"messages": {}}, {"messages": ["x"], "channel": {}}])
def test_what_names_none_has_none(operation: Any) -> None:
    assert ask("operationMessages", operation, root=ROOT) == []
