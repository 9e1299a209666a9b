from __future__ import annotations

from typing import Any

import pytest

from linters.lint.formats import ALIASES, FORMATS, canonical, detect


@pytest.mark.parametrize(
    ("document", "formats"),
    [
        ({"swagger": "2.0"}, {"oas2"}),
        ({"openapi": "3.0.3"}, {"oas3", "oas3.0"}),
        ({"openapi": "3.1.0"}, {"oas3", "oas3.1"}),
        ({"openapi": "3.2.0"}, {"oas3", "oas3.2"}),
        ({"openapi": 3.1}, {"oas3", "oas3.1"}),
        ({"openapi": "30.0"}, set()),
        ({"asyncapi": "2.6.0"}, {"asyncapi2", "aas2_6"}),
        ({"asyncapi": "2.6"}, set()),
        ({"asyncapi": "3.1.0"}, {"aas3", "aas3_1"}),
        ({"arazzo": "1.0.1"}, {"arazzo1", "arazzo1.0"}),
        ({"arazzo": "1.1.0"}, {"arazzo1", "arazzo1.1"}),
        (
            {"$schema": "http://json-schema.org/draft-07/schema#"},
            {"json-schema", "json-schema-loose", "json-schema-draft7"},
        ),
        ({"type": "string"}, {"json-schema-loose"}),
        ([], set()),
        (None, set()),
    ],
)
def test_a_document_has_its_formats(document: Any, formats: set[str]) -> None:
    assert detect(document, FORMATS) == formats


def test_other_names() -> None:
    assert canonical("oas3_1") == "oas3.1"
    assert canonical("aas2") == "asyncapi2"
    assert canonical("oas4") is None
    assert set(ALIASES.values()) <= set(FORMATS)
