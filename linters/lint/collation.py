"""Text in the order that people expect: punctuation, digits, letters; accents and case decide last.

An approximation of the Unicode collation algorithm's root order (UTS #10), which is what JavaScript's
`localeCompare` follows, for the characters that occur in API descriptions.
"""

from __future__ import annotations

import unicodedata

_FIRST = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
# Digits and letters follow in the order that they have anyway.
_RANKS = str.maketrans({character: chr(rank) for rank, character in enumerate(_FIRST)})


def key(text: str) -> tuple[str, str, str]:
    """A sort key: base characters, then accents, then lower case before upper case."""
    if text.isascii():
        return text.lower().translate(_RANKS), "", text.swapcase()
    decomposed = unicodedata.normalize("NFD", text)
    base = "".join(c for c in decomposed if not unicodedata.combining(c))
    accents = "".join(c for c in decomposed if unicodedata.combining(c))
    return base.casefold().translate(_RANKS), accents, text.swapcase()
