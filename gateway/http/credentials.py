"""What a request is forwarded without: the gateway's own keys, and credentials where the operator says so."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from gateway.callers.keys import PREFIX
from gateway.callers.trust import Certificates
from gateway.verdicts import Decision, Header, Request

_COOKIE = re.compile(rb"\s*;\s*")


def stripped(request: Request, decision: Decision, *, forward: bool) -> tuple[bytes, list[Header]]:
    """Target and header fields without what proved who the caller is; with `forward` without our own keys only."""
    target, headers = decision.target, request.headers
    for proof in decision.proofs:
        if proof.carried is None:
            continue
        where, name = proof.carried[0], proof.carried[1].encode("latin-1", "replace")
        if where == "header":
            lowered = name.lower()
            headers = [held for held in headers if held[0] != lowered or (forward and not _is_ours(held[1]))]
        elif where == "query":
            target = _without_parameter(target, name, forward)
        elif where == "cookie":
            headers = _without_cookie(headers, name, forward)
    return target, headers


def certificate_lines(request: Request, trusted: Certificates) -> bytes:
    """Lines that pass on what a trusted proxy said about the client's certificate; what others say is dropped."""
    value = request.fields.get(trusted.header.encode())
    if value is None or not trusted.trusts(request.peer):
        return b""
    return b"%s: %s\r\n" % (trusted.header.encode(), value)


def _is_ours(value: bytes) -> bool:
    return value.startswith(PREFIX) or (
        value[:7].lower() == b"bearer " and value[7:].strip().startswith(PREFIX)
    )


def _without_parameter(target: bytes, name: bytes, forward: bool) -> bytes:
    path, mark, query = target.partition(b"?")
    kept = []
    for pair in query.split(b"&"):
        held, _, value = pair.partition(b"=")
        plain = unquote_to_bytes(held.replace(b"+", b" "))
        if plain != name or (forward and not unquote_to_bytes(value).startswith(PREFIX)):
            kept.append(pair)
    return path + mark + b"&".join(kept) if kept else path


def _without_cookie(headers: list[Header], name: bytes, forward: bool) -> list[Header]:
    found = []
    for field, value in headers:
        if field != b"cookie":
            found.append((field, value))
            continue
        kept = [
            part
            for part in _COOKIE.split(value)
            if part.partition(b"=")[0] != name or (forward and not part.partition(b"=")[2].startswith(PREFIX))
        ]
        if kept:
            found.append((field, b"; ".join(kept)))
    return found
