from gateway.http.channel import Channel, Nobody
from gateway.verdicts import Request


def test_where_a_call_came_from_is_still_said_when_its_caller_has_gone() -> None:
    """A try that is made after that is the same request."""
    channel: Channel = Nobody(b"x-forwarded-for: 192.0.2.1\r\n")
    assert channel.forwarded(Request("GET", b"/"), b"a.example") == b"x-forwarded-for: 192.0.2.1\r\n"
