"""The values of an event contract."""

from tests.contracts.made import events


def test_a_channel_without_an_address_is_known_at_run_time_only() -> None:
    api = events("channels: {a: {address: null}, b: {}, c: {address: x/y}}")
    assert [channel.address for channel in api.channels.values()] == [None, None, "x/y"]
    assert api.default_content_type is None
