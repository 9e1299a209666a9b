"""Where a call comes from: the connection's address and scheme, and what trusted front proxies say of theirs.

Nobody else's X-Forwarded-* or Forwarded (RFC 7239) is believed; upstreams are told anew.
"""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gateway.callers.trust import Network, within

_MOST = 4096
"""Bytes of a field about the way of a call; beyond it the field is not read."""
_PAIR = re.compile(r'\s*([A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^;,"\s]*))\s*(;|,|$)')
_HOST = re.compile(rb"[A-Za-z0-9._~:\[\]-]{1,255}")
_SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Proxies:
    """Front proxies that are believed, and the fields that they speak by."""

    networks: tuple[Network, ...] = ()
    field: Literal["x-forwarded", "forwarded"] = "x-forwarded"


NO_PROXIES = Proxies()


class Origin:
    """The other end of one connection. `believed` says whether it is a trusted proxy; `certificate` is the DER of the
    one that the connection was opened with, `forward` whether upstreams are told."""

    __slots__ = ("_lines", "_proxies", "_via", "address", "believed", "certificate", "scheme")

    def __init__(
        self,
        address: str,
        scheme: str,
        version: str,
        proxies: Proxies = NO_PROXIES,
        certificate: bytes | None = None,
        *,
        forward: bool = False,
    ) -> None:
        self.address = address
        self.scheme = scheme
        self.certificate = certificate
        self.believed = within(address, proxies.networks)
        self._proxies = proxies
        self._via = b"via: %s lading\r\n" % version.encode()
        if forward and certificate is not None:
            # A byte sequence (RFC 9440 section 2.1, RFC 9651 section 3.3.5).
            self._via += b"client-cert: :%s:\r\n" % base64.b64encode(certificate)
        self._lines = b"%sx-forwarded-for: %s\r\nx-forwarded-proto: %s\r\nx-forwarded-host: " % (
            self._via,
            bracketed(address) if address else b"unknown",
            scheme.encode(),
        )

    @classmethod
    def of(
        cls,
        transport: asyncio.BaseTransport,
        version: str,
        proxies: Proxies,
        *,
        forward: bool,
        address: str | None = None,
    ) -> Origin:
        """That of a connection which speaks this version of HTTP; `address` is what a load balancer said of it."""
        if address is None:
            peer = transport.get_extra_info("peername")
            address = peer[0] if isinstance(peer, tuple) else ""
        if transport.get_extra_info("sslcontext") is None:
            return cls(address, "http", version, proxies)
        secured = transport.get_extra_info("ssl_object")
        certificate = secured.getpeercert(binary_form=True) if secured is not None else None
        return cls(address, "https", version, proxies, certificate, forward=forward)

    def lines(self, host: bytes, fields: Mapping[bytes, bytes]) -> bytes:
        """Header lines for the upstream."""
        if not self.believed:
            return b"%s%s\r\n" % (self._lines, host)
        return self._continued(host, fields)

    def seen(self, fields: Mapping[bytes, bytes]) -> tuple[str, str]:
        """The caller's address and the scheme it used; those of the connection unless a trusted proxy says more."""
        if not self.believed:
            return self.address, self.scheme
        told = self._told(fields)
        client = self.address
        for address in reversed(told.chain):
            if _ip(address) is None:
                break
            client = address
            if not within(address, self._proxies.networks):
                break
        return client, told.scheme or self.scheme

    def _told(self, fields: Mapping[bytes, bytes]) -> _Told:
        return _forwarded(fields) if self._proxies.field == "forwarded" else _x_forwarded(fields)

    def _continued(self, host: bytes, fields: Mapping[bytes, bytes]) -> bytes:
        """What the proxy said, with its own address at the end."""
        told = self._told(fields)
        chain = [
            address if _ip(address) is not None else "unknown" for address in (*told.chain, self.address)
        ]
        scheme, named = told.scheme or self.scheme, told.host or host
        lines = b"%sx-forwarded-for: %s\r\nx-forwarded-proto: %s\r\nx-forwarded-host: %s\r\n" % (
            self._via,
            b", ".join(bracketed(address) for address in chain),
            scheme.encode(),
            named,
        )
        if self._proxies.field == "x-forwarded":
            return lines
        elements = [b"for=%s" % _node(address) for address in chain]
        elements[-1] += b';proto=%s;host="%s"' % (scheme.encode(), named)
        return b"%sforwarded: %s\r\n" % (lines, b", ".join(elements))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a field says: addresses from the first client on, scheme and host as they are nearest to us."""

    chain: tuple[str, ...] = ()
    scheme: str = ""
    host: bytes = b""


_NOTHING = _Told()


def _x_forwarded(fields: Mapping[bytes, bytes]) -> _Told:
    way, scheme, host = (
        fields.get(name, b"") for name in (b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host")
    )
    chain: tuple[str, ...] = ()
    if way and len(way) <= _MOST:
        chain = tuple(_address(part) for part in way.decode("latin-1").split(","))
    return _Told(chain, _last_scheme(scheme), _last_host(host))


def _last_scheme(value: bytes) -> str:
    scheme = value.rpartition(b",")[2].strip().lower().decode("latin-1")
    return scheme if scheme in _SCHEMES else ""


def _last_host(value: bytes) -> bytes:
    host = value.rpartition(b",")[2].strip()
    return host if _HOST.fullmatch(host) else b""


def _forwarded(fields: Mapping[bytes, bytes]) -> _Told:
    """The elements of Forwarded (RFC 7239 section 4); one that cannot be read says nothing."""
    text = fields.get(b"forwarded", b"").decode("latin-1")
    if not text or len(text) > _MOST:
        return _NOTHING
    elements: list[dict[str, str]] = [{}]
    position = 0
    while position < len(text):
        match = _PAIR.match(text, position)
        if match is None:
            return _NOTHING
        value = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3]
        elements[-1][match[1].lower()] = value
        if match[4] == ",":
            elements.append({})
        position = match.end()
    last = elements[-1]
    return _Told(
        tuple(_address(element.get("for", "unknown")) for element in elements),
        _last_scheme(last.get("proto", "").encode("latin-1")),
        _last_host(last.get("host", "").encode("latin-1")),
    )


def _address(text: str) -> str:
    """A node without its port: `192.0.2.1:80`, `[2001:db8::1]:80`, or what hides an address, as it is."""
    text = text.strip()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def bracketed(address: str) -> bytes:
    """An address as it stands in header fields: IPv6 in brackets."""
    return f"[{address}]".encode("ascii", "replace") if ":" in address else address.encode("ascii", "replace")


def _node(address: str) -> bytes:
    return b'"%s"' % bracketed(address) if ":" in address else address.encode("ascii", "replace")
