"""Messages with their traits applied."""

from tests.contracts.made import events


def test_a_message_of_3() -> None:
    api = events(
        """
        defaultContentType: application/json
        channels: {c: {messages: {m: {$ref: '#/components/messages/M'}, n: {contentType: text/plain}}}}
        components:
          messages:
            M:
              name: n
              title: t
              payload: {$ref: '#/components/schemas/S'}
              correlationId: {$ref: '#/components/correlationIds/C'}
              traits: [{name: trait, summary: s, headers: {type: object}, tags: [{name: g}], bindings: {mqtt: {}}}]
              examples: [{payload: {}}]
          correlationIds: {C: {location: '$message.header#/id'}}
          schemas: {S: {type: object}}
        """
    )
    message = api.channels["c"].messages["m"]
    assert (message.key, message.name, message.title, message.summary) == ("m", "n", "t", "s")
    assert message.content_type == "application/json"
    assert message.correlation_id == "$message.header#/id"
    assert message.payload is not None
    assert message.payload.value == {"$ref": "#/components/schemas/S"}
    assert message.headers is not None
    assert message.headers.origin.path == ("components", "messages", "M", "traits", 0, "headers")
    assert (message.tags, list(message.bindings), len(message.examples)) == (("g",), ["mqtt"], 1)
    assert message.origin.path == ("components", "messages", "M")
    assert api.channels["c"].messages["n"].content_type == "text/plain"
    assert api.problems == ()


def test_the_messages_of_2_have_keys() -> None:
    api = events(
        """
        channels:
          c:
            publish:
              message:
                oneOf: [{$ref: '#/components/messages/M'}, {messageId: i}, {name: n}, {payload: {}}, {name: n}]
        components: {messages: {M: {traits: [{title: overrides}], title: own, schemaFormat: 'application/vnd.apache.avro', payload: {}}}}
        """,
        head="asyncapi: 2.6.0\n",
    )
    messages = api.operations[0].messages
    assert [message.key for message in messages] == ["M", "i", "n", "publish", "n-2"]
    assert messages[0].title == "overrides"
    assert messages[0].payload is not None
    assert messages[0].payload.dialect == "avro"


def test_a_message_that_leads_nowhere_is_a_problem() -> None:
    api = events(
        "channels: {c: {publish: {message: {$ref: '#/components/messages/M'}}}}", head="asyncapi: 2.0.0\n"
    )
    assert api.operations[0].messages == ()
    assert [problem.code for problem in api.problems] == ["reference-unresolved"]
