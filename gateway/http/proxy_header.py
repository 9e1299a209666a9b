"""The header of HAProxy's PROXY protocol, versions 1 and 2: who is at the other end of what a load balancer passes on.

Strictly, as the specification's section 2 asks: a receiver does not guess whether there is one.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import struct
from dataclasses import dataclass

MOST = 4096
"""Bytes of a header; version 2 would allow 65,551, of which addresses take 52 at most when they are of the Internet."""
UNKNOWN = ""
"""The address of a caller of whom the header says nothing that is understood."""
_SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
_BEGINS = b"PROXY "
_LONGEST_LINE = 107
_PORT = re.compile(r"0|[1-9][0-9]{0,4}")
_LOCAL, _PROXY = 0x20, 0x21
_UNSPECIFIED, _STREAM = 0x0, 0x1
_FAMILIES = {0x0: 0, 0x1: 12, 0x2: 36, 0x3: 216}
"""Bytes of the addresses: unspecified, IPv4, IPv6, UNIX."""


class Malformed(Exception):
    """It is no header; the connection has to be closed (section 2)."""


@dataclass(frozen=True, slots=True)
class ProxyHeader:
    """`size` is in bytes. `address` is that of the caller, `UNKNOWN`, or None where the sender speaks for itself."""

    size: int
    address: str | None


def read(held: bytes) -> ProxyHeader | None:
    """The header at the beginning of some bytes; None where more have to come. Raises `Malformed`.

    What is not complete is all header: nothing of what follows it is among the bytes then.
    """
    if held[:1] == b"P":
        return _line(held)
    if _SIGNATURE.startswith(held[: len(_SIGNATURE)]):
        return _binary(held)
    raise Malformed("there is no header")


def _line(held: bytes) -> ProxyHeader | None:
    """Version 1 (section 2.1): one line of text."""
    if not _BEGINS.startswith(held[: len(_BEGINS)]):
        raise Malformed("there is no header")
    end = held.find(b"\r\n", 0, _LONGEST_LINE)
    if end < 0:
        if len(held) >= _LONGEST_LINE:
            raise Malformed("the line does not end")
        return None
    words = held[len(_BEGINS) : end].decode("latin-1").split(" ")
    if words[0] == "UNKNOWN":
        return ProxyHeader(end + 2, UNKNOWN)  # what else the line says is not to be looked at
    if len(words) != 5 or words[0] not in ("TCP4", "TCP6"):
        raise Malformed("the line does not name two addresses and two ports")
    if not all(_PORT.fullmatch(port) and int(port) < 65_536 for port in words[3:]):
        raise Malformed("a port is none")
    source, _ = (_address(words[0], text) for text in words[1:3])
    return ProxyHeader(end + 2, source)


def _address(family: str, text: str) -> str:
    try:
        # Without a zone, which means something on one machine only.
        known = (
            ipaddress.IPv4Address(text) if family == "TCP4" else ipaddress.IPv6Address(text.replace("%", " "))
        )
    except ValueError:
        raise Malformed("an address is none") from None
    return _plain(known)


def _binary(held: bytes) -> ProxyHeader | None:
    """Version 2 (section 2.2): 16 bytes, addresses, and more that is not looked at."""
    if len(held) < 16:
        return None
    command, kind, length = struct.unpack_from("!BBH", held, 12)
    size = 16 + length
    if command not in (_LOCAL, _PROXY):
        raise Malformed("the version or the command is none that is known")
    if size > MOST:
        raise Malformed("it is too large")
    family, transport = kind >> 4, kind & 0xF
    if command == _PROXY and (family not in _FAMILIES or transport not in (_UNSPECIFIED, _STREAM)):
        raise Malformed("what is passed on is no stream of a known kind")
    if command == _PROXY and length < _FAMILIES[family]:
        raise Malformed("it is too short for its addresses")
    if len(held) < size:
        return None
    if command == _LOCAL:
        return ProxyHeader(size, None)  # a health check, say; whatever addresses there are mean nothing
    if kind == 0x11:
        return ProxyHeader(size, socket.inet_ntop(socket.AF_INET, held[16:20]))
    if kind == 0x21:
        return ProxyHeader(size, _plain(ipaddress.IPv6Address(held[16:32])))
    return ProxyHeader(size, UNKNOWN)


def _plain(known: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """One form for each address, and IPv4 as such: limits and networks are told apart by it."""
    mapped = known.ipv4_mapped if isinstance(known, ipaddress.IPv6Address) else None
    return str(mapped or known)
