"""Channels and their parameters."""

from tests.contracts.made import events


def test_channels_of_3() -> None:
    api = events(
        """
        servers: {s: {host: h, protocol: mqtt}}
        channels:
          c:
            address: a/{p}
            title: t
            description: d
            servers: [{$ref: '#/servers/s'}, wrong]
            bindings: {mqtt: {}}
            parameters: {p: {enum: [x, y], default: x, description: pd, location: '$message.payload#/p'}}
        """
    )
    channel = api.channels["c"]
    assert (channel.address, channel.title, channel.description, channel.servers) == (
        "a/{p}",
        "t",
        "d",
        ("s",),
    )
    parameter = channel.parameters["p"]
    assert parameter.schema is not None
    assert parameter.schema.value == {"type": "string", "enum": ["x", "y"], "default": "x"}
    assert (parameter.description, parameter.location) == ("pd", "$message.payload#/p")
    assert list(channel.bindings) == ["mqtt"]
    assert [problem.code for problem in api.problems] == ["reference-expected"]


def test_channels_of_2() -> None:
    api = events(
        """
        channels:
          a/{p}:
            servers: [s]
            parameters: {p: {$ref: '#/components/parameters/p'}}
        components: {parameters: {p: {schema: {type: integer}}}}
        """,
        head="asyncapi: 2.6.0\n",
    )
    channel = api.channels["a/{p}"]
    assert (channel.address, channel.servers) == ("a/{p}", ("s",))
    schema = channel.parameters["p"].schema
    assert schema is not None
    assert schema.origin.path == ("components", "parameters", "p", "schema")
