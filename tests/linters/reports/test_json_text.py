from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from linters.reports.json_text import dumps


def test_what_acts_on_a_terminal_is_escaped_and_letters_are_not() -> None:
    assert dumps(["é\x9b\u202e\x1b\ud800"]) == r'["é\u009b\u202e\u001b\ud800"]'


@given(st.text(st.characters(exclude_categories=())))
def test_the_value_stays_and_can_be_written(text: str) -> None:
    written = dumps({"a": text}, indent=1)
    assert json.loads(written) == json.loads(json.dumps({"a": text}))
    assert written.encode()
