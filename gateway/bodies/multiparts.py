"""`multipart/*` bodies (RFC 2046 section 5.1, RFC 7578) as parts, and forms of them as objects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.model import Encoding
from gateway.checks.coercion import item, member, scalar
from gateway.checks.shape import Shape
from gateway.malformed import Malformed

from .jsons import parse_json
from .media import MediaType, parse_media_type

_DISPOSITION = re.compile(r';\s*([a-zA-Z*]+)=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))')
_HEADERS = 8 * 1024
_LINE = re.compile(rb"\r\n")
_LENIENT_LINE = re.compile(rb"\r?\n")
_BLANK = re.compile(rb"\r\n\r\n")
_LENIENT_BLANK = re.compile(rb"\r?\n\r?\n")
_PLAIN = frozenset({"", "7bit", "8bit", "binary"})
"""Transfer encodings that encode nothing; RFC 7578 section 4.7 deprecates them all."""
_ONLY_TEXT = frozenset({"string"})


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its field name ('' where it has none), file name, media type and bytes."""

    name: str
    filename: str | None
    media: MediaType | None
    headers: Mapping[str, str]
    content: bytes


def parse_parts(raw: bytes, boundary: str, limit: int, *, lenient: bool = False) -> list[Part]:
    """The parts of a body. Raises `Malformed` where it is cut off, or holds more than `limit` parts.

    If lenient, lines may also end with LF alone.
    """
    if not boundary or len(boundary) > 70:
        raise Malformed("the Content-Type names no boundary, or one that is too long", "boundary")
    delimiter = b"--" + boundary.encode("latin-1", "replace")
    if lenient:
        pieces = re.split(rb"\r?\n" + re.escape(delimiter), b"\n" + raw)
    else:
        pieces = (b"\r\n" + raw).split(b"\r\n" + delimiter)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise Malformed("it does not end with its boundary", "boundary")
    if len(pieces) - 2 > limit:
        raise Malformed(f"it holds more than {limit} parts", "too-many")
    return [_part(piece, lenient) for piece in pieces[1:-1]]


def _part(piece: bytes, lenient: bool) -> Part:
    piece = piece.lstrip(b" \t")
    line_end = _LENIENT_LINE if lenient else _LINE
    first = line_end.match(piece)
    if first is None:
        raise Malformed("a part does not begin on a line of its own", "boundary")
    blank = (_LENIENT_BLANK if lenient else _BLANK).search(piece)
    if blank is None or blank.start() > _HEADERS:
        raise Malformed("a part's header fields do not end, or are too long", "part-headers")
    headers: dict[str, str] = {}
    if blank.start():
        for line in line_end.split(piece[first.end() : blank.start()]):
            _field_line(line, headers)
    disposition: dict[str, str] = {}
    for key, quoted, plain in _DISPOSITION.findall(headers.get("content-disposition", "")):
        key = key.lower()
        if key in disposition or (key != "filename*" and "*" in key):
            raise Malformed("a part's Content-Disposition says something twice, or in pieces", "part-headers")
        disposition[key] = quoted or plain
    media = parse_media_type(headers["content-type"], lenient) if headers.get("content-type") else None
    name = disposition.get("name", "")
    return Part(name, disposition.get("filename"), media, headers, piece[blank.end() :])


def _field_line(line: bytes, headers: dict[str, str]) -> None:
    """Takes in one header field. Raises `Malformed` for what readers of parts are known to disagree about."""
    raw, colon, value = line.partition(b":")
    name = raw.lower().decode("latin-1")
    if not colon or not name.strip() or name != name.strip():
        raise Malformed("a part's header field has no colon, or blanks around its name", "part-headers")
    if name in headers:
        raise Malformed("a part has a header field twice", "part-headers")
    headers[name] = value.strip().decode("utf-8", "replace")
    if name == "content-transfer-encoding" and headers[name].lower() not in _PLAIN:
        raise Malformed("a part has a transfer encoding, which only some readers undo", "part-headers")


def parse_form_data(
    raw: bytes,
    boundary: str,
    shape: Shape,
    encodings: Mapping[str, Encoding],
    limit: int,
    *,
    lenient: bool = False,
) -> dict[str, Any]:
    """The object that a `multipart/form-data` body stands for. Raises `Malformed`."""
    found: dict[str, list[Part]] = {}
    for part in parse_parts(raw, boundary, limit, lenient=lenient):
        if not part.name:
            raise Malformed("a part has no name", "part-headers")
        found.setdefault(part.name, []).append(part)
    return {name: _field(parts, member(name, shape), encodings.get(name)) for name, parts in found.items()}


def _field(parts: list[Part], shape: Shape, encoding: Encoding | None) -> Any:
    if shape.array and (len(parts) > 1 or not shape.scalar) and not _is_json_array(parts, shape):
        return [_value(part, item(shape), encoding) for part in parts]
    if len(parts) > 1:
        if shape.stated and not shape.array:
            raise Malformed("a part is given twice", "duplicate-key")
        return [_value(part, shape, encoding) for part in parts]
    return _value(parts[0], shape, encoding)


def _is_json_array(parts: list[Part], shape: Shape) -> bool:
    part = parts[0]
    return len(parts) == 1 and part.media is not None and part.media.kind == "json"


def _value(part: Part, shape: Shape, encoding: Encoding | None) -> Any:
    declared = (encoding.content_type if encoding is not None else None) or ""
    if declared and part.media is not None and not _allowed(declared, part.media):
        raise Malformed("a part has a media type that its encoding does not allow", "part-type")
    kind = part.media.kind if part.media is not None else "json" if "json" in declared else None
    if kind == "json" and shape.types == _ONLY_TEXT:
        kind = "text"  # a file of JSON, where the schema speaks of the file and not of what is in it
    if kind == "json" or (kind is None and part.filename is None and _only_object(shape)):
        return parse_json(part.content)
    try:
        text = part.content.decode("utf-8")
    except UnicodeDecodeError:
        # Octets, as text of one character per byte: what minLength and maxLength of binary content count.
        text = part.content.decode("latin-1")
    return scalar(text, shape) if part.filename is None else text


def _only_object(shape: Shape) -> bool:
    return shape.stated and shape.object and not shape.scalar


def _allowed(declared: str, media: MediaType) -> bool:
    for text in declared.split(","):
        name = text.partition(";")[0].strip().lower()
        if name in ("*/*", media.name) or (name.endswith("/*") and media.name.startswith(name[:-1])):
            return True
    return False
