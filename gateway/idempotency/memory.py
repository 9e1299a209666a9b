"""Keys and answers in this process: bounded in number, bytes and age."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from .answers import Answer, Ending, Found
from .settings import Keeping


@dataclass(slots=True)
class _Entry:
    print: str
    token: str
    state: Found
    until: float
    """When a claim has lapsed."""
    forgotten: float
    answer: Answer | None = None

    @property
    def size(self) -> int:
        return self.answer.size if self.answer is not None else 400


class Memory:
    """Where there is no room, the oldest answers are dropped before their time; calls on their way never are.

    Times are seconds of a clock that does not go back.
    """

    def __init__(self, settings: Keeping) -> None:
        self._settings = settings
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        """In the order in which they are forgotten, as all have the same age."""
        self.size = 0
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._entries)

    def begin(
        self, place: str, print: str, token: str, lease: float, now: float, *, again: bool
    ) -> tuple[Found, Answer | None]:
        """Claims a key that is new. With `again` so is one of which nobody knows what became of it."""
        self._forget(now)
        held = self._entries.get(place)
        if held is not None:
            if held.print != print:
                return "other", None
            if held.state == "kept":
                return "kept", held.answer
            if held.state == "claimed" and now < held.until:
                return "claimed", None
            if not again:
                return "unknown", None
            self._remove(place)
        entry = _Entry(print, token, "claimed", now + lease, now + self._settings.age)
        if not self._make_room(entry.size):
            return "full", None
        self._entries[place] = entry
        self.size += entry.size
        return "new", None

    def end(self, place: str, token: str, how: Ending, answer: Answer | None = None) -> None:
        """Ends the claim that has this token; one that has been taken over is left alone."""
        entry = self._entries.get(place)
        if entry is None or entry.token != token or entry.state != "claimed":
            return
        if how == "free":
            self._remove(place)
            return
        self.size -= entry.size
        entry.state, entry.answer = how, answer
        self.size += entry.size
        self._make_room(0)

    def _forget(self, now: float) -> None:
        while self._entries:
            oldest = next(iter(self._entries))
            if self._entries[oldest].forgotten > now:
                return
            self._remove(oldest)

    def _make_room(self, size: int) -> bool:
        """Drops the oldest that are done until `size` more bytes and, if it is not 0, one more entry have room."""
        most, entries = self._settings.bytes, self._settings.entries
        while self.size + size > most or len(self._entries) + bool(size) > entries:
            oldest = next((held for held, entry in self._entries.items() if entry.state != "claimed"), None)
            if oldest is None:
                return False
            self._remove(oldest)
            self.dropped += 1
        return True

    def _remove(self, place: str) -> None:
        self.size -= self._entries.pop(place).size
