from __future__ import annotations

from typing import Any

import pytest

from linters.lint.javascript import UNDEFINED
from linters.lint.messages import fill

VALUES: dict[str, Any] = {
    "error": "bad",
    "property": "name",
    "path": "#/a~1b",
    "value": {"x": 1},
    "description": None,
}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{error}} at {{path}}", "bad at #/a~1b"),
        ("{{ property }}{{nope}}{{description}}", "name"),
        ("{{value}}", "[object Object]"),
        ("#{{value.x}} #{{property.toUpperCase() + '!'}}", "1 NAME!"),
        ('#{{print("property")}}is #{{print("value")}}', '"name" property is Object{}'),
        ("#{{nope.x}}#{{process.exit(1)}}#{{)}}", ""),
        ("no placeholders {", "no placeholders {"),
    ],
)
def test_templates(template: str, text: str) -> None:
    assert fill(template, VALUES) == text


def test_values_are_printed_as_javascript_prints_them() -> None:
    assert fill("{{value}}", {"value": None}) == "null"
    assert fill("{{value}}", {"value": UNDEFINED}) == "undefined"
    assert fill("{{value}}", {"value": [1, "a"]}) == "1,a"


def test_the_root_is_called_the_document() -> None:
    assert fill('#{{print("property")}}', {"property": ""}) == "The document "
