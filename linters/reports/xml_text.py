"""Text in XML 1.0, which knows no escape for some characters: they are illegal however they are written."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # section 2.2


def legal(text: str) -> str:
    return _ILLEGAL.sub("�", text)
