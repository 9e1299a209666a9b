from __future__ import annotations

import pytest

from lading.explaining.words import mended, specifications
from policies.rulesets import Mending


@pytest.mark.parametrize(
    ("formats", "words"),
    [
        (("oas2", "oas3"), "OpenAPI 2.0, OpenAPI 3"),
        (("oas3_1", "oas3.1"), "OpenAPI 3.1"),
        (("asyncapi2", "aas3"), "AsyncAPI 2, AsyncAPI 3"),
        (("arazzo1.0",), "arazzo1.0"),
        ((), "every document"),
    ],
)
def test_formats_have_the_names_that_people_know(formats: tuple[str, ...], words: str) -> None:
    assert specifications(formats) == words


def test_a_fix_says_how_far_it_may_be_trusted_and_who_makes_it() -> None:
    assert mended(Mending("Sort them", "safe")) == "safe, by `lading lint --fix`: Sort them"
    assert (
        mended(Mending("Sort them", "suggested")) == "suggested, by `lading lint --fix-suggested`: Sort them"
    )
    assert mended(Mending("Sort them", "draft")).startswith("a draft, in an editor")
