"""Certificates of clients: of the connection itself, or as a trusted front proxy passes them on.

The fields are Client-Cert (RFC 9440) and Envoy's X-Forwarded-Client-Cert. From any other peer they are not read.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import ssl
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from cryptography import x509

from gateway.verdicts import Request

from .trust import Certificates

_MOST = 16 * 1024
_BYTES = re.compile(rb":([A-Za-z0-9+/=]*):")
_PAIR = re.compile(r'\s*([A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^;,"]*))\s*(;|,|$)')


@dataclass(frozen=True, slots=True)
class Certificate:
    """`thumbprint` is the SHA-256 of the DER; `names` are further names that were read from it."""

    thumbprint: bytes
    names: tuple[str, ...] = ()

    @property
    def confirmation(self) -> str:
        """As the `x5t#S256` of a token (RFC 8705 section 3.1)."""
        return base64.urlsafe_b64encode(self.thumbprint).rstrip(b"=").decode()


def presented(request: Request, trusted: Certificates) -> Certificate | str | None:
    """The caller's certificate, None where there is none, or why it cannot be read."""
    if request.certificate is not None:
        return _verified(request.certificate)
    if not trusted.trusts(request.peer):
        return None
    name = trusted.header.encode()
    value = request.fields.get(name)
    if value is None:
        return None
    if len(value) > _MOST:
        return f"{trusted.header} is too long"
    if sum(1 for held, _ in request.headers if held == name) > 1:
        return f"there are several {trusted.header} fields"
    if trusted.header == "client-cert":
        return _client_cert(value)
    return _forwarded(value.decode("latin-1"))


@lru_cache(1024)
def _verified(der: bytes) -> Certificate:
    """The certificate of a connection, which TLS has verified, so that its names count (RFC 5280 section 4.2.1.6)."""
    names: list[str] = []
    try:
        held = x509.load_der_x509_certificate(der)
        names.append(held.subject.rfc4514_string())
        found = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound):
        pass  # without names it is still known by its thumbprint
    else:
        names += found.get_values_for_type(x509.UniformResourceIdentifier)
        names += found.get_values_for_type(x509.DNSName)
    return Certificate(hashlib.sha256(der).digest(), tuple(name for name in names if name))


def _client_cert(value: bytes) -> Certificate | str:
    """One certificate as a byte sequence (RFC 9440 section 2.1, RFC 8941 section 3.3.5)."""
    match = _BYTES.fullmatch(value.strip())
    if match is None:
        return "client-cert is not one byte sequence"
    try:
        der = base64.b64decode(match[1], validate=True)
    except binascii.Error:
        return "client-cert is not base64"
    return Certificate(hashlib.sha256(der).digest()) if der else "client-cert is empty"


def _forwarded(text: str) -> Certificate | str:
    """The one element of X-Forwarded-Client-Cert; several mean that a proxy passed on what it was told."""
    held: dict[str, list[str]] = {}
    position = 0
    while position < len(text):
        match = _PAIR.match(text, position)
        if match is None:
            return "x-forwarded-client-cert is not well formed"
        if match[4] == ",":
            return "x-forwarded-client-cert speaks of several certificates"
        value = match[2] if match[2] is not None else match[3]
        held.setdefault(match[1].lower(), []).append(re.sub(r"\\(.)", r"\1", value))
        position = match.end()
    thumbprints = set()
    for digest in held.get("hash", ()):
        if re.fullmatch("[0-9a-fA-F]{64}", digest) is None:
            return "the Hash of x-forwarded-client-cert is not a SHA-256"
        thumbprints.add(bytes.fromhex(digest))
    for pem in held.get("cert", ()):
        try:
            thumbprints.add(hashlib.sha256(ssl.PEM_cert_to_DER_cert(unquote(pem))).digest())
        except ValueError:
            return "the Cert of x-forwarded-client-cert cannot be read"
    if len(thumbprints) != 1:
        return "x-forwarded-client-cert does not name one certificate by Hash or Cert"
    names = (*held.get("uri", ()), *held.get("dns", ()), *held.get("subject", ()))
    return Certificate(thumbprints.pop(), tuple(name for name in names if name))
