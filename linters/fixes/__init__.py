"""Mechanical fixes: what a rule says under `fix`, carried out in the text of a contract.

A recipe is data in the rule's stanza. It becomes changes of the document's value, and these become text edits that
keep comments, layout and quotes. What comes out is parsed again and compared with what was meant, always.
"""

from .edits import CannotFix, Edit, edited
from .fix import Fix, carried_out
from .offers import fixes_of
from .recipes import Level, recipes
from .rounds import Concerns, Mended, Refusal, mend, with_contents

__all__ = [
    "CannotFix",
    "Concerns",
    "Edit",
    "Fix",
    "Level",
    "Mended",
    "Refusal",
    "carried_out",
    "edited",
    "fixes_of",
    "mend",
    "recipes",
    "with_contents",
]
