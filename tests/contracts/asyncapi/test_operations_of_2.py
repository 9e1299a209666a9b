"""Operations of 2.x say what others do; the model says what the application does."""

from tests.contracts.made import events

TEXT = """
channels:
  c:
    publish:
      operationId: p
      summary: own
      security: [{k: [r]}]
      traits: [{summary: trait, bindings: {mqtt: {qos: 1}}, tags: [{name: g}]}]
      message: {name: in, payload: {type: object}}
    subscribe:
      message: {name: out}
  d: {$ref: '#/channels/c'}
"""


def test_publish_is_receive_and_subscribe_is_send() -> None:
    api = events(TEXT, head="asyncapi: 2.6.0\n")
    assert [one.key for one in api.operations] == ["receive c", "send c", "receive d", "send d"]
    receive, send = api.operations[:2]
    assert (receive.action, receive.operation_id, receive.security) == ("receive", "p", ({"k": ("r",)},))
    assert (receive.summary, receive.tags, receive.bindings) == ("trait", ("g",), {"mqtt": {"qos": 1}})
    assert [message.key for message in send.messages] == ["out"]
    assert list(api.channels["c"].messages) == ["in", "out"]
    assert receive.channel is api.channels["c"]


def test_the_same_message_both_ways_is_one_in_the_channel() -> None:
    api = events(
        """
        channels:
          c:
            publish: {message: {$ref: '#/components/messages/m'}}
            subscribe: {message: {$ref: '#/components/messages/m'}}
          d:
            publish: {message: {name: m, payload: {type: string}}}
            subscribe: {message: {name: m, payload: {type: integer}}}
        components: {messages: {m: {}}}
        """,
        head="asyncapi: 2.0.0\n",
    )
    assert list(api.channels["c"].messages) == ["m"]
    assert list(api.channels["d"].messages) == ["m", "m-send"]
