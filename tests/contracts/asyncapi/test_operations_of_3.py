"""Operations and replies of 3.x."""

import pytest

from tests.contracts.made import events

TEXT = """
channels:
  c: {address: a, messages: {m: {$ref: '#/components/messages/m'}, n: {}}}
  r: {$ref: 'parts.yaml#/channels/r'}
operations:
  some:
    action: send
    channel: {$ref: '#/channels/c'}
    messages: [{$ref: '#/channels/c/messages/m'}]
    summary: own
    traits: [{summary: trait, title: t}]
    security: [{$ref: '#/components/securitySchemes/k'}, {type: oauth2, scopes: [r]}]
    reply:
      channel: {$ref: '#/channels/r'}
      address: {location: '$message.header#/to'}
      messages: [{$ref: '#/channels/r/messages/x'}]
  all: {action: receive, channel: {$ref: '#/channels/c'}}
  by-component: {action: receive, channel: {$ref: '#/channels/c'}, messages: [{$ref: '#/components/messages/m'}]}
components:
  messages: {m: {payload: {type: object}}}
  securitySchemes: {k: {type: apiKey}}
"""
PARTS = "channels: {r: {address: back, messages: {x: {}, y: {}}}}"


def test_operations_are_joined_with_their_channels_and_messages() -> None:
    api = events(TEXT, parts=PARTS)
    assert api.problems == ()
    some, everything, by_component = api.operations
    assert (some.key, some.action, some.summary, some.title) == ("some", "send", "own", "t")
    assert some.channel is api.channels["c"]
    assert some.messages == (api.channels["c"].messages["m"],)
    assert [message.key for message in everything.messages] == ["m", "n"]
    assert by_component.messages[0] is api.channels["c"].messages["m"]
    assert some.security == ({"k": ()}, {"oauth2": ("r",)})
    assert everything.security is None


def test_a_reply_knows_its_channel_and_messages() -> None:
    api = events(TEXT, parts=PARTS)
    reply = api.operations[0].reply
    assert reply is not None
    assert reply.channel is api.channels["r"]
    assert (reply.address, [message.key for message in reply.messages]) == ("$message.header#/to", ["x"])


def test_a_reply_without_messages_may_have_any_of_its_channel() -> None:
    api = events(TEXT.replace("      messages: [{$ref: '#/channels/r/messages/x'}]\n", ""), parts=PARTS)
    assert api.operations[0].reply is not None
    assert [message.key for message in api.operations[0].reply.messages] == ["x", "y"]


@pytest.mark.parametrize(
    "written",
    [
        "{action: send}",
        "{channel: {$ref: '#/channels/c'}}",
        "{action: publish, channel: {$ref: '#/channels/c'}}",
        "{}",
    ],
)
def test_an_incomplete_operation_is_a_problem(written: str) -> None:
    api = events(f"channels: {{c: {{}}}}\noperations: {{o: {written}}}")
    assert api.operations == ()
    assert [problem.code for problem in api.problems] == ["operation-incomplete"]


def test_a_channel_that_the_contract_does_not_list_is_built_from_its_place() -> None:
    api = events(
        "operations: {o: {action: send, channel: {$ref: '#/components/channels/c'}}}\ncomponents: {channels: {c: {address: x}}}"
    )
    assert api.operations[0].channel.address == "x"
