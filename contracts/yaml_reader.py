"""YAML 1.2 read from libyaml's event stream: values, places, and notices.

PyYAML's constructor takes ten times as long as the events themselves and follows YAML 1.1; its composer
recurses. This reader keeps a stack of its own, so that depth is bounded by the limits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from .limits import Limits
from .pointers import Path
from .positions import Node
from .reading import Budget, Notice, Reading
from .scalars import resolve

_Scalar = yaml.ScalarEvent
_MappingStart = yaml.MappingStartEvent
_SequenceStart = yaml.SequenceStartEvent
_CollectionEnd = yaml.CollectionEndEvent
_Alias = yaml.AliasEvent
_DocumentStart = yaml.DocumentStartEvent
_StreamEnd = yaml.StreamEndEvent

_CORE_TAG = "tag:yaml.org,2002:"
_TEXT_TAGS = frozenset({"!", _CORE_TAG + "str", _CORE_TAG + "binary"})
_KNOWN_TAGS = frozenset(
    _CORE_TAG + name for name in ("str", "binary", "int", "float", "bool", "null", "map", "seq")
)
_UNFINISHED = object()


class _Stop(Exception):
    """Nothing behind this place can be given a meaning."""


@dataclass(slots=True)
class _Frame:
    """A collection that is being read."""

    value: Any
    node: Node | None
    anchor: str | None
    nodes_before: int
    key: str | None = None
    key_place: tuple[int, int] | None = None
    awaits_value: bool = False
    merges: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class _Anchored:
    """What an anchor names, and what it costs each time that an alias repeats it."""

    value: Any
    nodes: int


def read(text: str, limits: Limits, *, places: bool = False) -> Reading:
    """The value, the notices and, where asked for, the places of a YAML text.

    Reading stops at the first syntax error; the value is then what was read until there. Raises `TooMuch`
    beyond the limits.
    """
    # With no separate construction step the loader is only used for its parser, so nothing is executed.
    parser = yaml.CLoader(text)
    builder = _Builder(Budget(limits), places, text)
    try:
        next_event = parser.get_event
        while True:
            event = next_event()
            kind = event.__class__
            if kind is _Scalar:
                builder.scalar(event)
            elif kind is _MappingStart or kind is _SequenceStart:
                builder.open(event, kind is _MappingStart)
            elif isinstance(event, _CollectionEnd):
                builder.close(event)
            elif kind is _Alias:
                builder.alias(event)
            elif kind is _DocumentStart:
                if not builder.document(event):
                    break
            elif kind is _StreamEnd:
                break
    except _Stop:
        pass  # what stopped it is among the notices
    except yaml.YAMLError as error:
        builder.notices.append(_syntax(error, text))
    finally:
        parser.dispose()
    return builder.finish()


def no_text(key: str, value: Any, start: int, end: int, path: Path) -> Notice:
    """What is said of a key that means `value`, which is no text."""
    kind = "null" if value is None else "boolean" if isinstance(value, bool) else "number"
    message = f"the key {key or '(empty)'} is a {kind}; it is read as text, quote it to say so"
    return Notice("non-string-key", message, start, end, path, fatal=False)


def _syntax(error: yaml.YAMLError, text: str) -> Notice:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    offset = mark.index if mark is not None else int(getattr(error, "position", 0) or 0)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML"
    context = getattr(error, "context", None)
    message = f"{problem} ({context})" if context else str(problem)
    at = min(max(offset, 0), len(text))
    return Notice("syntax", message, at, min(at + 1, len(text)))


class _Builder:
    """Makes values, and on request places, of events."""

    def __init__(self, budget: Budget, places: bool, text: str) -> None:
        self.budget = budget
        self.places = places
        self.text = text
        self.notices: list[Notice] = []
        self.stack: list[_Frame] = []
        self.anchors: dict[str, Any] = {}
        self.value: Any = None
        self.root: Node | None = None
        self.documents = 0

    def finish(self) -> Reading:
        while self.stack:
            self._complete(self.stack.pop())
        return Reading(self.value, self.notices, self.root)

    def document(self, event: Any) -> bool:
        """Whether this document is to be read: the first one is."""
        self.documents += 1
        if self.documents == 1:
            return True
        start = event.start_mark.index
        self._note(
            "multiple-documents",
            "a second document begins here; a contract is one document",
            start,
            start + 3,
        )
        return False

    # -- events -------------------------------------------------------------------------------------

    def scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        frame = self.stack[-1] if self.stack else None
        if frame is not None and not frame.awaits_value and frame.value.__class__ is dict:
            self._key(frame, event, start, end)
            return
        self.budget.spend(1, start)
        value = self._scalar_value(event, start, end)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(value, 1)
        if self.places and event.style in ("|", ">"):
            # A block scalar's end mark stands behind its last line break, and behind blank lines.
            end = start + len(self.text[start:end].rstrip("\r\n"))
        self._attach(value, Node(start, end) if self.places else None)

    def open(self, event: Any, mapping: bool) -> None:
        start = event.start_mark.index
        self.budget.spend(1, start)
        self.budget.enter(start)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and not frame.awaits_value and frame.value.__class__ is dict:
            self._note("complex-key", "a mapping or sequence stands as a key; use a string", start, start + 1)
            raise _Stop
        self._check_tag(event.tag, start)
        if event.anchor is not None:
            self.anchors[event.anchor] = _UNFINISHED
        node = None
        if self.places:
            node = Node(
                start, event.end_mark.index, fields={} if mapping else None, items=None if mapping else []
            )
        self.stack.append(_Frame({} if mapping else [], node, event.anchor, self.budget.nodes))

    def close(self, event: Any) -> None:
        frame = self.stack.pop()
        self.budget.leave()
        if frame.node is not None:
            # A block collection's end mark stands behind the blank lines that follow it.
            frame.node.end = max(
                event.end_mark.index if event.start_mark.index < event.end_mark.index else 0,
                frame.node.last().end,
            )
        self._complete(frame)

    def alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        anchored = self.anchors.get(event.anchor)
        if not isinstance(anchored, _Anchored):
            problem = "refers to what contains it" if anchored is _UNFINISHED else "names no anchor"
            self._note("alias", f"the alias *{event.anchor} {problem}", start, end)
            anchored = _Anchored(None, 1)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and not frame.awaits_value and frame.value.__class__ is dict:
            key = anchored.value if isinstance(anchored.value, str) else str(anchored.value)
            self._set_key(frame, key, start, end)
            return
        self.budget.spend(anchored.nodes, start)
        self._attach(anchored.value, Node(start, end, alias=True) if self.places else None)

    # -- values -------------------------------------------------------------------------------------

    def _scalar_value(self, event: Any, start: int, end: int) -> Any:
        tag = event.tag
        if tag is None:
            return resolve(event.value) if event.implicit[0] else event.value
        if tag in _TEXT_TAGS:
            return event.value
        self._check_tag(tag, start)
        return resolve(event.value)

    def _check_tag(self, tag: str | None, start: int) -> None:
        if tag is not None and tag != "!" and tag not in _KNOWN_TAGS:
            self._note(
                "unknown-tag",
                f"the tag {tag} means nothing here and is ignored",
                start,
                start + 1,
                fatal=False,
            )

    def _key(self, frame: _Frame, event: Any, start: int, end: int) -> None:
        key = event.value
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(key, 1)
        if event.implicit[0] and not isinstance(value := resolve(key), str):
            self.notices.append(no_text(key, value, start, end, (*self.path(), key)))
        self._set_key(frame, key, start, end)

    def _set_key(self, frame: _Frame, key: str, start: int, end: int) -> None:
        if key in frame.value and key != "<<":
            self._note("duplicate-key", f"the key {key!r} is given twice", start, end, key=key)
        frame.key, frame.key_place, frame.awaits_value = key, (start, end), True

    def _attach(self, value: Any, node: Node | None) -> None:
        if not self.stack:
            self.value, self.root = value, node
            return
        frame = self.stack[-1]
        if frame.value.__class__ is list:
            frame.value.append(value)
            if node is not None and frame.node is not None and frame.node.items is not None:
                frame.node.items.append(node)
            return
        key = frame.key
        assert key is not None
        frame.awaits_value = False
        if key == "<<" and self._merge(frame, value):
            return
        frame.value[key] = value
        if node is not None and frame.node is not None and frame.node.fields is not None:
            node.key = frame.key_place
            frame.node.fields[key] = node

    def _merge(self, frame: _Frame, value: Any) -> bool:
        sources = value if isinstance(value, list) else [value]
        if not all(isinstance(source, dict) for source in sources):
            return False
        frame.merges.extend(sources)
        return True

    def _complete(self, frame: _Frame) -> None:
        for source in frame.merges:
            self.budget.spend(len(source), 0)
            for key, value in source.items():
                frame.value.setdefault(key, value)
        if frame.anchor is not None:
            self.anchors[frame.anchor] = _Anchored(frame.value, 1 + self.budget.nodes - frame.nodes_before)
        self._attach(frame.value, frame.node)

    def _note(
        self, code: str, message: str, start: int, end: int, *, fatal: bool = True, key: str | None = None
    ) -> None:
        path = self.path() if key is None else (*self.path(), key)
        self.notices.append(Notice(code, message, start, end, path, fatal))

    def path(self) -> Path:
        """Where in the document the reader stands."""
        return tuple(
            (frame.key or "") if frame.value.__class__ is dict else len(frame.value)
            for frame in self.stack[:-1]
        )
