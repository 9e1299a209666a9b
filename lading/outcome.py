"""How a command ends: yes, no, or could not tell."""

from __future__ import annotations

YES = 0
"""What was asked for holds, or was done."""
NO = 1
"""It was looked at, and it does not hold."""
COULD_NOT_TELL = 2
"""It was not looked at: unreadable input, unknown ruleset, registry away. Never to be read as yes."""


class CouldNotTell(Exception):
    """Ends a command with exit code 2 and a message for people.

    `advice` says what to do next, in a sentence.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
