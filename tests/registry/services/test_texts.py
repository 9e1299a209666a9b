from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from registry.services.texts import clean, cleaned


@given(st.text(alphabet=st.characters(codec=None, categories=None), max_size=50), st.integers(1, 20))
def test_cleaned_text_fits_every_database(text: str, longest: int) -> None:
    made = clean(text, longest)
    assert len(made) <= longest
    assert "\0" not in made
    made.encode()


def test_texts_inside_json_are_cleaned_and_the_rest_stays() -> None:
    assert cleaned({"a\0": ["\ud800", 1, None, ("x",)]}) == {"a\ufffd": ["?", 1, None, ["x"]]}
