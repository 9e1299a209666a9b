"""Whether a file is a contract, as far as that can be told before it is read as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from contracts.document import parse
from contracts.errors import ContractError

ENDINGS = frozenset({".yaml", ".yml", ".json"})
_FIELDS = ("openapi", "swagger", "asyncapi")
_LOOKS_LIKE_ONE = re.compile(rb"[\"']?\b(openapi|swagger|asyncapi)[\"']?[ \t]*:[ \t]*[\"']?\d")
_REFERS = re.compile(rb"\$ref[\"']?\s*:\s*[\"']?[^#\"'\s]")


@dataclass(frozen=True, slots=True)
class Kind:
    """The field by which a contract says what it is, and its title; empty where it cannot be read."""

    field: str
    title: str = ""


def kind_of(content: bytes, name: str) -> Kind | None:
    """None for what is no contract. One that does not parse is still one: nobody else may say that it passes."""
    if PurePosixPath(name).suffix.lower() not in ENDINGS:
        return None
    try:
        value: Any = parse(content, name).value
    except ContractError:
        # Without its zeros UTF-16, which is not read, looks like ASCII.
        found = _LOOKS_LIKE_ONE.search(content.replace(b"\0", b""))
        return Kind(found[1].decode()) if found else None
    if not isinstance(value, dict):
        return None
    field = next((one for one in _FIELDS if one in value), None)
    if field is None:
        return None
    info = value.get("info")
    title = info.get("title") if isinstance(info, dict) else None
    return Kind(field, title if isinstance(title, str) else "")


def refers_elsewhere(content: bytes) -> bool:
    """Whether something in it may refer to another file."""
    return _REFERS.search(content) is not None
