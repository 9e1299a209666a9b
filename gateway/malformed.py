"""What cannot be decoded."""

from __future__ import annotations


class Malformed(Exception):
    """Something on the wire that cannot be decoded.

    `message` says what is wrong without the value itself, `code` is short and kebab-case.
    """

    def __init__(self, message: str, code: str = "malformed") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
