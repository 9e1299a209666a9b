"""TLS at the front: certificates from files, read again when they change, and those of clients.

A context is made anew for every change and serves the connections that come after it; those that are open keep theirs.
"""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from cryptography import x509

_MINIMUM = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""For TLS 1.2: forward secrecy and authenticated encryption only (RFC 9113 section 9.2.2, RFC 9325)."""


class Unusable(Exception):
    """A certificate, key or authority that cannot be used; the message says which and why, with nothing of a key."""


@dataclass(frozen=True, slots=True)
class Tls:
    """What the front presents, and whose certificates it asks clients for.

    `certificate` holds the chain in PEM, the leaf first. Without `authorities` clients are not asked; `required` refuses
    those that have no certificate in the handshake already.
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

    def context(self, protocols: Sequence[str]) -> ssl.SSLContext:
        """A context for new connections that offers these protocols by ALPN. Raises `Unusable`."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = _MINIMUM[self.minimum]
        context.set_ciphers(_CIPHERS)
        context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION | ssl.OP_CIPHER_SERVER_PREFERENCE
        context.set_alpn_protocols(list(protocols))
        try:
            context.load_cert_chain(self.certificate, self.key, lambda: self.password)
        except (OSError, ValueError) as error:
            raise Unusable(f"{self.certificate} and {self.key}: {_reason(error)}") from None
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

    def ends(self) -> datetime:
        """When the leaf certificate expires. Raises `Unusable`."""
        try:
            return x509.load_pem_x509_certificate(self.certificate.read_bytes()).not_valid_after_utc
        except (OSError, ValueError) as error:
            raise Unusable(f"{self.certificate}: {_reason(error)}") from None

    def stamp(self) -> tuple[tuple[int, int, int] | None, ...]:
        """Changes when one of the files does; None stands for a file that is not there."""
        files = (self.certificate, self.key, self.authorities, self.revocations)
        return tuple(_stamp(path) for path in files if path is not None)


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


class Certificates:
    """The certificates in force. `problem` says why newer files are not used, `ends` when the leaf expires."""

    def __init__(self, tls: Tls, protocols: Sequence[str]) -> None:
        """Raises `Unusable`."""
        self._tls = tls
        self._protocols = tuple(protocols)
        self._stamp = tls.stamp()
        self.context = tls.context(protocols)
        self.ends = tls.ends()
        self.problem = ""
        self.loads = 1

    def changed(self) -> bool:
        """Whether the files are others than those that were read last."""
        return self._tls.stamp() != self._stamp

    def load(self) -> bool:
        """Reads the files again. False where they cannot be used: what is in force stays, and `problem` says why."""
        stamp = self._tls.stamp()
        try:
            context, ends = self._tls.context(self._protocols), self._tls.ends()
        except Unusable as error:
            self.problem = str(error)
            self._stamp = stamp  # the same files are not tried again and again
            return False
        self._stamp, self.context, self.ends, self.problem = stamp, context, ends, ""
        self.loads += 1
        return True

    @property
    def days(self) -> float:
        """Until the leaf expires."""
        return (self.ends - datetime.now(UTC)).total_seconds() / 86400
