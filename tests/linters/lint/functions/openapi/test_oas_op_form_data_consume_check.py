from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

FORM = [{"in": "formData", "name": "weight"}]


@pytest.mark.parametrize(
    ("operation", "found"),
    [
        ({"parameters": FORM, "consumes": ["application/json"]}, 1),
        ({"parameters": FORM, "consumes": []}, 1),
        ({"parameters": FORM, "consumes": ["multipart/form-data; boundary=x"]}, 0),
        ({"parameters": FORM, "consumes": ["application/json", "application/x-www-form-urlencoded"]}, 0),
        ({"parameters": [{"in": "body"}], "consumes": ["application/json"]}, 0),
        ({"parameters": FORM}, 0),
        ({"parameters": FORM, "consumes": "application/json"}, 0),
        (None, 0),
    ],
)
def test_forms_are_consumed(operation: Any, found: int) -> None:
    assert len(ask("oasOpFormDataConsumeCheck", operation)) == found
