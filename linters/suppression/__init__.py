"""Findings that somebody answers for: ignores in a contract, waivers in a file of their own, and the ratchet.

Pure: what day it is is handed in. Whatever of an entry cannot be judged suppresses nothing.
"""

from .applying import IGNORES, Applied, Ignores, apply, is_about_an_entry
from .baseline import Baseline, by_file, read_baseline, taken
from .entries import Entry, Ignore, Waiver
from .inline import KEY, read_ignores
from .ratchet import Allowed, Exceeded, allowing, exceeded, loose
from .waivers import read_waivers

__all__ = [
    "IGNORES",
    "KEY",
    "Allowed",
    "Applied",
    "Baseline",
    "Entry",
    "Exceeded",
    "Ignore",
    "Ignores",
    "Waiver",
    "allowing",
    "apply",
    "by_file",
    "exceeded",
    "is_about_an_entry",
    "loose",
    "read_baseline",
    "read_ignores",
    "read_waivers",
    "taken",
]
