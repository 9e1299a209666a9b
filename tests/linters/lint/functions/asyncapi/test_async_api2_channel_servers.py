from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

SERVERS = {"production": {}, "test": {}}


@pytest.mark.parametrize(
    ("document", "bad"),
    [
        ({"servers": SERVERS, "channels": {"a": {"servers": ["test"]}, "b": {}}}, []),
        ({"servers": SERVERS, "channels": {"a": {"servers": ["test", "prod"]}}}, [("a", "servers", 1)]),
        ({"channels": {"a": {"servers": ["test"]}}}, [("a", "servers", 0)]),
        ({"servers": SERVERS}, []),
        ({"channels": {"a": {"servers": "test"}, "b": None}}, []),
        ([], []),
    ],
)
def test_the_servers_of_a_channel_are_defined(document: Any, bad: list[Any]) -> None:
    found = ask("asyncApi2ChannelServers", document, path=())
    assert [problem.below for problem in found] == [("channels", *rest) for rest in bad]


def test_a_slip_of_the_pen_is_corrected() -> None:
    document = {"servers": SERVERS, "channels": {"a": {"servers": ["prodution"]}}}
    (problem,) = ask("asyncApi2ChannelServers", document, path=())
    assert problem.message.endswith("Did you mean `production`?")
