"""Where nodes, keys and commas stand."""

from __future__ import annotations

import pytest

from linters.fixes.edits import CannotFix
from linters.fixes.page import Page

from .helpers import document

TEXT = """\
a: &x !!map {b: 1,  # why
  c: 2}
d: *x
e:
    f: 'q'  # end
"""


@pytest.fixture
def page() -> Page:
    return Page(document(TEXT))


def test_content_begins_behind_anchor_and_tag(page: Page) -> None:
    assert page.text[page.content(page.node(("a",)))] == "{"
    assert page.is_flow(page.node(("a",)))
    assert not page.is_flow(page.node(("e",)))
    assert page.in_flow(("a", "b"))
    assert not page.in_flow(("e", "f"))


def test_what_an_alias_repeats_is_written_elsewhere(page: Page) -> None:
    for path in (("d",), ("d", "b"), ("nowhere",)):
        with pytest.raises(CannotFix):
            page.node(path)


def test_a_comma_is_found_and_the_end_of_a_block(page: Page) -> None:
    node = page.node(("a", "b"))
    assert page.comma(node.end) == TEXT.index(",")
    assert page.comma(page.node(("a", "c")).end) is None
    assert page.text[: page.end(page.node(("e",)))].endswith("'q'")


def test_lines_and_indentation(page: Page) -> None:
    at = TEXT.index("f:")
    assert page.step == "  "
    assert page.margin(at) == "    "
    assert TEXT[page.line_start(at) : page.line_end(at)] == "    f: 'q'  # end"
    assert page.next_line(at) == len(TEXT)
    assert Page(document(TEXT.replace("\n", "\r\n"))).line_end(at + 4) == TEXT.index("# end") + 5 + 4
    assert Page(document('{\n\t"a": 1\n}')).step == "\t"
