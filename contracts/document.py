"""A document: the parsed value of one file, and, when asked, where each node of it is written."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Any

import jiter

from . import blocks, json_reader, yaml_reader
from .errors import LimitExceeded, Unreadable
from .limits import DEFAULT, Limits
from .pointers import Path, to_pointer
from .positions import NOWHERE, Lines, Position, Range, Tree
from .reading import Diagnostic, Notice, Reading, TooMuch

__all__ = ["Diagnostic", "Document", "Position", "Range", "parse"]

_ADVICE = {
    "syntax": "Mend the text at this place and try again.",
    "duplicate-key": "Keep one of the two: readers disagree about which of them counts.",
    "multiple-documents": "Put each contract into a file of its own.",
    "alias": "Write the value out, or use a $ref.",
    "complex-key": "Use text as the key.",
}
_JITER_DEPTH = 200
"""jiter refuses deeper nesting; shallower limits than its own it does not know."""
_UNITS = {
    "nodes": "It expands to more than {limit:,} nodes. Split it, or write fewer aliases.",
    "levels": "It is nested more than {limit:,} levels deep. Flatten it, or use $ref.",
}


class Document:
    """One file: its bytes, its value, and what was noticed while reading it.

    `value` holds dicts, lists, str, int, float, bool and None and is shared: treat it as frozen.
    `source` is the file's name, relative to the root's folder, or its URI. `text` are the bytes decoded, without
    a byte order mark; `is_json` says that they were read as JSON and not as YAML.
    """

    def __init__(
        self, content: bytes, source: str, text: str, reading: Reading, *, as_json: bool, limits: Limits
    ) -> None:
        self.content = content
        self.source = source
        self.value: Any = reading.value
        self.text = text
        self._notices = tuple(reading.notices)
        self.is_json = as_json
        self._marks = reading.marks
        self._limits = limits

    def __repr__(self) -> str:
        return f"<Document {self.source or '(unnamed)'}, {len(self.content):,} bytes>"

    @cached_property
    def digest(self) -> str:
        """`sha256:` and the hexadecimal SHA-256 of the bytes."""
        return "sha256:" + hashlib.sha256(self.content).hexdigest()

    def likeness(self, limits: Limits) -> blocks.Likeness | None:
        """What another version of this text may share; None where this one was read in another way."""
        if self._marks is None or self._notices or limits != self._limits:
            return None
        return blocks.Likeness(self.text, self.value, self._marks)

    @cached_property
    def lines(self) -> Lines:
        """The text by lines, for excerpts."""
        return Lines(self.text)

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(_diagnostic(notice, self.lines) for notice in self._notices)

    @cached_property
    def tree(self) -> Tree | None:
        """Where each node is written; absent where nothing could be read."""
        if self._marks is not None:
            return blocks.BlockTree(self.text, self.value, self._marks, self.lines, self._limits)
        return self.whole_tree

    @cached_property
    def whole_tree(self) -> Tree | None:
        """The same, but each node also knows its children, as whoever edits the text must; it takes a reading."""
        reader = json_reader.read if self.is_json else _yaml_with_places
        root = reader(self.text, self._limits).root
        return None if root is None else Tree(root, self.lines)

    def range(self, path: Path) -> Range:
        """The range of the node at `path`, or of its closest ancestor that is written here."""
        if self.tree is None:
            return NOWHERE
        return self.tree.range_of(self.tree.nearest(path)[0])

    def exact_range(self, path: Path) -> Range | None:
        """The range of the node at `path`, or None where no such node is written (behind an alias, say)."""
        if self.tree is None:
            return None
        node, depth = self.tree.nearest(path)
        return self.tree.range_of(node) if depth == len(path) else None

    def line(self, path: Path) -> int:
        """The one-based line where the key or item at `path` is written, or its closest ancestor."""
        return 1 if self.tree is None else self.tree.line_at(path)


def parse(
    content: bytes,
    source: str = "",
    *,
    limits: Limits = DEFAULT,
    tolerant: bool = False,
    like: Document | None = None,
) -> Document:
    """Reads JSON or YAML 1.2.

    What `like`, another version of the text, holds too need not be read again: parts of the value are then the
    same objects in both.

    Text that begins with a bracket, or whose name ends in `.json`, is read as JSON, and otherwise as YAML.
    Raises `LimitExceeded` beyond the limits and `Unreadable` for bytes that are no text, and, unless
    `tolerant`, for the first fatal diagnostic. When tolerant, the value is what could be read: of a key
    that is given twice the last value counts, and broken text ends where it breaks.
    """
    text = _decode(content, source, limits)
    try:
        reading, as_json = _read(text, source, limits, tolerant, like)
    except TooMuch as error:
        raise _too_much(error, text, source) from None
    document = Document(content, source, text, reading, as_json=as_json, limits=limits)
    if not tolerant:
        for notice in reading.notices:
            if notice.fatal:
                raise _unreadable(notice, document)
    return document


def _read(
    text: str, source: str, limits: Limits, tolerant: bool, like: Document | None
) -> tuple[Reading, bool]:
    if not text.lstrip().startswith(("{", "[")) and not source.endswith(".json"):
        return _read_yaml(text, limits, like), False
    reading = _read_json(text, limits)
    broken = any(notice.code == "syntax" for notice in reading.notices)
    if broken and (tolerant or not source.endswith(".json")):
        # YAML in flow style looks like JSON, and people leave commas and comments in JSON.
        flow = yaml_reader.read(text, limits)
        if tolerant or not any(notice.code == "syntax" for notice in flow.notices):
            return flow, False
    return reading, True


def _read_yaml(text: str, limits: Limits, like: Document | None) -> Reading:
    try:
        return blocks.read(text, limits, like.likeness(limits) if like is not None else None)
    except blocks.Unusual:
        return yaml_reader.read(text, limits)


def _read_json(text: str, limits: Limits) -> Reading:
    # Each node but the first stands behind a bracket, a comma or a colon, so this bounds their number from above.
    if limits.depth >= _JITER_DEPTH and sum(map(text.count, "[{,:")) < limits.nodes:
        try:
            return Reading(jiter.from_json(text.encode(), allow_inf_nan=False, catch_duplicate_keys=True))
        except ValueError:
            pass  # the exact reader says what and where
    return json_reader.read(text, limits)


def _yaml_with_places(text: str, limits: Limits) -> Reading:
    return yaml_reader.read(text, limits, places=True)


def _decode(content: bytes, source: str, limits: Limits) -> str:
    if len(content) > limits.bytes:
        raise LimitExceeded(
            "too-large",
            f"The file has {len(content):,} bytes; {limits.bytes:,} are allowed.",
            source,
            advice="Split it into several files, or raise the limit if you mean it.",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(content, source, error.start) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(
            "binary",
            "The file holds NUL bytes: it is binary, or UTF-16.",
            source,
            line,
            advice="Give a YAML or JSON text in UTF-8.",
        )
    if not text.strip():
        raise Unreadable(
            "empty", "The file is empty.", source, advice="Give an OpenAPI or AsyncAPI document."
        )
    return text


def _not_utf8(content: bytes, source: str, offset: int) -> Unreadable:
    before = content[:offset]
    line, column = before.count(b"\n") + 1, offset - before.rfind(b"\n")
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    guess = "UTF-16" if utf16 else "binary" if b"\0" in content[:4096] else "Latin-1 or another old encoding"
    return Unreadable(
        "encoding",
        f"The byte 0x{content[offset]:02x} is not UTF-8; the file looks like {guess}.",
        source,
        line,
        column,
        advice="Save it as UTF-8 and try again.",
    )


def _diagnostic(notice: Notice, lines: Lines) -> Diagnostic:
    place = Range(lines.position(notice.start), lines.position(notice.end))
    return Diagnostic(notice.code, notice.message, place, notice.path, notice.fatal)


def _unreadable(notice: Notice, document: Document) -> Unreadable:
    start = document.lines.position(notice.start)
    message = notice.message[:1].upper() + notice.message[1:] + "."
    pointer = to_pointer(notice.path) if notice.path else None
    return Unreadable(
        notice.code,
        message,
        document.source,
        start.line + 1,
        start.character + 1,
        pointer,
        _ADVICE.get(notice.code, ""),
    )


def _too_much(error: TooMuch, text: str, source: str) -> LimitExceeded:
    start = Lines(text).position(error.offset)
    code = "too-deep" if error.what == "levels" else "too-many-nodes"
    return LimitExceeded(
        code,
        "The document is too large to be read safely.",
        source,
        start.line + 1,
        start.character + 1,
        advice=_UNITS[error.what].format(limit=error.limit),
    )
