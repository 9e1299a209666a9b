"""TLS at the front, as the operator says: certificates from files, by host name, and those of clients."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from cryptography import x509

_MINIMUM = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""For TLS 1.2: forward secrecy and authenticated encryption only (RFC 9113 section 9.2.2, RFC 9325)."""


class Unusable(Exception):
    """A certificate, key or authority that cannot be used; the message says which and why, with nothing of a key."""


Stamp = tuple[tuple[int, int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its key. `certificate` holds the chain in PEM, the leaf first.

    `names` are the host names that it is shown for, in lower case; `*.` stands for one label.
    """

    certificate: Path
    key: Path
    password: str = field(default="", repr=False)
    names: tuple[str, ...] = ()

    def ends(self) -> datetime:
        """When the leaf expires. Raises `Unusable`, also where the leaf is not for one of the names."""
        try:
            leaf = x509.load_pem_x509_certificate(self.certificate.read_bytes())
            good_for = _names_of(leaf)
        except (OSError, ValueError) as error:
            raise Unusable(f"{self.certificate}: {_reason(error)}") from None
        for name in self.names:
            if good_for.isdisjoint((name, "*." + name.partition(".")[2])):
                raise Unusable(f"{self.certificate}: it is not for {name}")
        return leaf.not_valid_after_utc

    def stamp(self) -> Stamp:
        """Changes when one of the files does; None stands for a file that is not there."""
        return _stamp(self.certificate), _stamp(self.key)


@dataclass(frozen=True, slots=True)
class Tls:
    """What the front presents, and whose certificates it asks clients for.

    `certificate` and `key` are for clients that name no host, or none of `hosts`. Without `authorities` clients are not
    asked; `required` refuses those that have no certificate in the handshake already.
    """

    certificate: Path
    key: Path
    password: str = field(default="", repr=False)
    minimum: Literal["1.2", "1.3"] = "1.2"
    authorities: Path | None = None
    revocations: Path | None = None
    """Lists of certificates that count no more; with them each authority needs one that is not out of date."""
    required: bool = False
    forward: bool = False
    """Whether upstreams are told the client's certificate (RFC 9440)."""
    hosts: tuple[Pair, ...] = ()

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All certificates, the default first."""
        return (Pair(self.certificate, self.key, self.password), *self.hosts)

    def context(self, protocols: Sequence[str], pair: Pair | None = None) -> ssl.SSLContext:
        """A context that presents one certificate (the default unless given), and offers these protocols by ALPN.

        Raises `Unusable`.
        """
        shown = pair or self.pairs[0]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = _MINIMUM[self.minimum]
        context.set_ciphers(_CIPHERS)
        context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION | ssl.OP_CIPHER_SERVER_PREFERENCE
        context.set_alpn_protocols(list(protocols))
        try:
            context.load_cert_chain(shown.certificate, shown.key, lambda: shown.password)
        except (OSError, ValueError) as error:
            raise Unusable(f"{shown.certificate} and {shown.key}: {_reason(error)}") from None
        if self.authorities is not None:
            context.verify_mode = ssl.CERT_REQUIRED if self.required else ssl.CERT_OPTIONAL
            try:
                context.load_verify_locations(self.authorities)
            except (OSError, ValueError) as error:
                raise Unusable(f"{self.authorities}: {_reason(error)}") from None
        if self.revocations is not None:
            context.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN
            try:
                x509.load_pem_x509_crl(self.revocations.read_bytes())
                context.load_verify_locations(self.revocations)
            except (OSError, ValueError) as error:
                raise Unusable(f"{self.revocations}: {_reason(error)}") from None
        return context

    def stamp(self) -> Stamp:
        """Changes when one of the files does."""
        return self.shared() + tuple(part for pair in self.pairs for part in pair.stamp())

    def shared(self) -> Stamp:
        """Changes when what clients are verified by does."""
        return tuple(_stamp(path) for path in (self.authorities, self.revocations) if path is not None)


def _names_of(leaf: x509.Certificate) -> frozenset[str]:
    """Host names in lower case. Raises ValueError for an extension that cannot be read."""
    try:
        found = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return frozenset()
    return frozenset(name.lower() for name in found.get_values_for_type(x509.DNSName))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        known = path.stat()
    except OSError:
        return None
    return known.st_mtime_ns, known.st_size, known.st_ino


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return error.reason or "it cannot be read as PEM"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return "it cannot be read as PEM"
