from __future__ import annotations

import pytest

from lading.explaining.words import specifications


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
