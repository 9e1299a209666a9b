"""How much may be learned: memory does not grow with the traffic."""

from __future__ import annotations

MOST = 100_000
"""Shapes of values; some 700 bytes each."""


class Room:
    """Places for shapes that are still free, shared by all that is learned together."""

    __slots__ = ("left",)

    def __init__(self, most: int = MOST) -> None:
        self.left = most

    def take(self) -> bool:
        """One place, if there is one."""
        if self.left <= 0:
            return False
        self.left -= 1
        return True


ENDLESS = Room(1 << 60)
