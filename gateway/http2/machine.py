"""The h2 library as it is used here: what it keeps, and what it is not shown.

It keeps the state of streams, the windows and HPACK. Whatever is wrong with one request is found out here instead, as
it would end the connection and so the calls of everybody else on it.
"""

from __future__ import annotations

from collections.abc import Iterable

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.settings import SettingCodes, Settings
from hpack import Decoder as _Decoder
from hpack import HeaderTuple, NeverIndexedHeaderTuple

from gateway.verdicts import Header

from .frames import LARGEST

WINDOW = 1024 * 1024
"""Bytes of request bodies that may be on their way, for a stream and for the connection."""
_CONFIGURATION = H2Configuration(
    client_side=False,
    header_encoding=None,
    validate_inbound_headers=False,  # head.check answers a bad request
    validate_outbound_headers=False,
    normalize_outbound_headers=False,
)
_SECRET = frozenset({b"set-cookie", b"authorization", b"www-authenticate"})
_LENGTH, _HIDDEN = b"content-length", b"Content-Length"
_NEITHER = b"Content-length"


class Decoder(_Decoder):
    """Gives Content-Length another name than the library looks for.

    The library counts what comes of a body and raises where it is not what Content-Length says, with the connection
    ended already; no setting turns that off, and to go on after it would be to mend its state by hand. Names in upper
    case are malformed on the wire (RFC 9113 section 8.2): what comes under ours gets one that stays so.
    """

    def decode(self, data: bytes, raw: bool = False) -> Iterable[HeaderTuple]:
        decoded = list(super().decode(data, raw))
        for place, field in enumerate(decoded):
            if field[0] == _LENGTH:
                decoded[place] = HeaderTuple(_HIDDEN, field[1])
            elif field[0] == _HIDDEN:
                decoded[place] = HeaderTuple(_NEITHER, field[1])
        return decoded


def as_sent(decoded: Iterable[tuple[bytes, bytes]]) -> list[Header]:
    """The fields of an event as the client sent them."""
    return [(_LENGTH if name == _HIDDEN else name, value) for name, value in decoded]


def guarded(fields: Iterable[Header]) -> list[Header]:
    """The same fields, with secrets in the form that nobody on the way may index (RFC 7541 section 7.1.3)."""
    return [NeverIndexedHeaderTuple(*field) if field[0] in _SECRET else field for field in fields]


def machine(headers: int, streams: int, *, websockets: bool = False) -> H2Connection:
    """The state of a new connection: at most so many bytes of header fields, and so many streams at the same time.

    Beyond the first bound a request is refused; beyond twice that the connection ends.
    """
    made = H2Connection(_CONFIGURATION)
    made.decoder = Decoder()
    made.decoder.max_header_list_size = 2 * headers
    made.local_settings = Settings(
        client=False,
        initial_values={
            SettingCodes.MAX_CONCURRENT_STREAMS: streams,
            SettingCodes.INITIAL_WINDOW_SIZE: WINDOW,
            SettingCodes.MAX_FRAME_SIZE: LARGEST,
            SettingCodes.MAX_HEADER_LIST_SIZE: headers,
            SettingCodes.ENABLE_CONNECT_PROTOCOL: int(websockets),
        },
    )
    return made
