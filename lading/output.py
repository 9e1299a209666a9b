"""Where a command's answer goes: a terminal with its width and colours, or a file."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from .outcome import CouldNotTell


def write(text: str, output: Path | None) -> None:
    """To standard output, or to a file. Raises `CouldNotTell` where the file cannot be written."""
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        raise CouldNotTell(f"{output} cannot be written: {error.strerror}.") from None


def in_colour() -> bool:
    """Whether standard output is a terminal whose owner has nothing against colours (no-color.org)."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def line_width(most: int = 120) -> int:
    """How many characters fit in a line of the terminal, within bounds that people can read."""
    return max(60, min(most, shutil.get_terminal_size((100, 24)).columns))
