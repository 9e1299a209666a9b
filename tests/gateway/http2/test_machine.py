import pytest
from h2.connection import H2Connection
from h2.events import Event, RequestReceived, TrailersReceived
from h2.exceptions import ProtocolError
from h2.settings import SettingCodes
from hpack import Encoder

from gateway.http2.frames import LARGEST, PREFACE
from gateway.http2.machine import WINDOW, as_sent, machine
from gateway.verdicts import Header

from .speaking import frame

HEAD: list[Header] = [(b":method", b"POST"), (b":scheme", b"http"), (b":authority", b"a"), (b":path", b"/")]


def begun(headers: int = 1000, streams: int = 3) -> H2Connection:
    made = machine(headers, streams)
    made.initiate_connection()
    made.receive_data(PREFACE + frame(4))
    return made


def asked(fields: list[Header], *, flags: int = 4) -> bytes:
    return frame(1, Encoder().encode(fields, huffman=False), flags=flags, stream=1)


def test_what_a_client_is_told_is_what_is_held_to() -> None:
    settings = begun().local_settings
    assert settings.max_concurrent_streams == 3
    assert settings.initial_window_size == WINDOW
    assert settings.max_frame_size == LARGEST
    assert settings[SettingCodes.MAX_HEADER_LIST_SIZE] == 1000


@pytest.mark.parametrize("length", [b"5", b"3", b"none", b""])
def test_the_library_has_no_opinion_about_lengths(length: bytes) -> None:
    made = begun()
    fields = [*HEAD, (b"content-length", length), (b"content-length", b"4")]
    (event,) = made.receive_data(asked(fields))
    assert isinstance(event, RequestReceived)
    assert as_sent(event.headers) == fields
    events: list[Event] = made.receive_data(frame(0, b"1234", stream=1))
    events += made.receive_data(frame(1, Encoder().encode([(b"content-length", b"x")]), flags=5, stream=1))
    trailers = next(event for event in events if isinstance(event, TrailersReceived))
    assert as_sent(trailers.headers) == [(b"content-length", b"x")]
    assert made.streams[1].open


@pytest.mark.parametrize("name", [b"Content-Length", b"Content-length", b"CONTENT-LENGTH"])
def test_no_other_name_passes_for_it(name: bytes) -> None:
    (event,) = begun().receive_data(asked([*HEAD, (name, b"5")]))
    assert isinstance(event, RequestReceived)
    ((found, _),) = as_sent(event.headers)[4:]
    assert found != found.lower()  # which is malformed, as what was sent is


def test_heads_that_are_much_too_large_are_not_taken_apart() -> None:
    with pytest.raises(ProtocolError):
        begun(headers=100).receive_data(asked([*HEAD, (b"x", b"y" * 300)]))
