"""Findings that somebody answers for: ignores in a contract, and waivers in a file of their own.

Pure: what day it is is handed in. Whatever of an entry cannot be judged suppresses nothing.
"""

from .applying import Applied, Ignores, apply
from .entries import Entry, Ignore, Waiver
from .inline import KEY, read_ignores
from .waivers import read_waivers

__all__ = [
    "KEY",
    "Applied",
    "Entry",
    "Ignore",
    "Ignores",
    "Waiver",
    "apply",
    "read_ignores",
    "read_waivers",
]
