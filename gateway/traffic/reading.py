"""Which kind of recording a file is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from .har import read_har
from .lines import read_lines
from .recorded import Recorded, Unread

_ARCHIVE = re.compile(rb"\s*\{\s*\"log\"\s*:\s*\{")
_HEAD = 4096


def read_recording(file: BinaryIO) -> Iterator[Recorded | Unread]:
    """The exchanges of an HTTP Archive or of an access log. The file has to be one that can be rewound."""
    head = file.read(_HEAD)
    marked = head.startswith(b"\xef\xbb\xbf")
    file.seek(3 if marked else 0)
    return read_har(file) if _ARCHIVE.match(head, 3 if marked else 0) else read_lines(file)
