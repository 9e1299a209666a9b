"""Text in the order that people expect: punctuation, digits, letters; accents and case decide last.

An approximation of the Unicode collation algorithm's root order (UTS #10), which is what JavaScript's
`localeCompare` follows, for the characters that occur in API descriptions.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_FIRST = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_RANK = {character: rank for rank, character in enumerate(_FIRST)}


@lru_cache(maxsize=65536)
def key(text: str) -> tuple[tuple[tuple[int, str], ...], str, str]:
    """A sort key: base characters, then accents, then lower case before upper case."""
    decomposed = unicodedata.normalize("NFD", text)
    base = tuple(_primary(c) for c in decomposed if not unicodedata.combining(c))
    accents = "".join(c for c in decomposed if unicodedata.combining(c))
    return base, accents, text.swapcase()


def _primary(character: str) -> tuple[int, str]:
    if character in _RANK:
        return _RANK[character], ""
    return (len(_FIRST), character) if character.isdecimal() else (len(_FIRST) + 1, character.casefold())
