"""What the configuration says about the front: TLS, HTTP/2, trusted proxies and load balancers, trailers, WebSockets."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from gateway.callers.trust import Network
from gateway.http.certificates import Certificates
from gateway.http.entrance import Entrance, Http2, WebSockets
from gateway.http.forwarding import Proxies
from gateway.http.tls import Pair, Tls, Unusable
from gateway.malformed import Malformed


def entrance(value: Mapping[str, Any], secret: Callable[[str], str]) -> Entrance:
    """The entrance that a configuration states; `secret` gives what the environment holds under a name.

    Raises `Malformed`, also for certificates that cannot be used.
    """
    return Entrance(
        _tls(value["tls"], secret) if "tls" in value else None,
        Http2(**value.get("http2", {})),
        _proxies(value.get("proxies", {})),
        value.get("request_trailers", "drop"),
        WebSockets(**value.get("websockets", {})),
        value.get("half_closed", "answer"),
        networks(value.get("proxy_protocol", {}).get("trusted", ()), "proxy_protocol.trusted"),
    )


def networks(texts: Iterable[str], place: str) -> tuple[Network, ...]:
    """Addresses and networks. Raises `Malformed` where one is neither."""
    found: list[Network] = []
    for text in texts:
        try:
            found.append(ipaddress.ip_network(text))
        except ValueError:
            raise Malformed(f"{place}: {text[:100]!r} is no address or network", "configuration") from None
    return tuple(found)


def _proxies(held: Mapping[str, Any]) -> Proxies:
    return Proxies(networks(held.get("trusted", ()), "proxies.trusted"), held.get("field", "x-forwarded"))


def _tls(held: Mapping[str, Any], secret: Callable[[str], str]) -> Tls:
    tls = Tls(
        Path(held["certificate"]),
        Path(held["key"]),
        password=_password(held, secret),
        minimum=held.get("minimum", "1.2"),
        authorities=_path(held, "client_authorities"),
        revocations=_path(held, "client_revocations"),
        required=held.get("client", "optional") == "required",
        forward=held.get("forward_certificate", False),
        hosts=_hosts(held.get("hosts", ()), secret),
    )
    try:
        Certificates(tls, ())
    except Unusable as error:
        raise Malformed(f"tls: {error}", "configuration") from None
    return tls


def _hosts(held: Iterable[Mapping[str, Any]], secret: Callable[[str], str]) -> tuple[Pair, ...]:
    """The certificates by host name. Raises `Malformed` for a name that has two."""
    known: set[str] = set()
    found = []
    for one in held:
        names = tuple(name.lower() for name in one["names"])
        for name in names:
            if name in known:
                raise Malformed(f"tls.hosts: there are two certificates for {name}", "configuration")
            known.add(name)
        found.append(Pair(Path(one["certificate"]), Path(one["key"]), _password(one, secret), names))
    return tuple(found)


def _password(held: Mapping[str, Any], secret: Callable[[str], str]) -> str:
    return secret(held["password_env"]) if "password_env" in held else ""


def _path(held: Mapping[str, Any], name: str) -> Path | None:
    return Path(held[name]) if name in held else None
