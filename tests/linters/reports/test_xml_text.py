from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from linters.reports.xml_text import legal


def test_only_what_is_illegal_goes() -> None:
    assert legal("a\tb\né😀\x00\x1b\ufffe\ud800") == "a\tb\né😀����"


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_written_and_read(text: str) -> None:
    element = ElementTree.Element("a", b=legal(text))
    assert ElementTree.fromstring(ElementTree.tostring(element, "unicode").encode()).get("b") is not None
