from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import places, run

RULE = {"r": {"given": "$", "resolved": False, "then": {"function": "oasUnusedComponent"}}}


def test_each_section_is_looked_at() -> None:
    components = {
        "schemas": {"Used": {}, "Unused": {}},
        "links": {"Unused": {}},
        "securitySchemes": {"token": {}},
    }
    document = {"paths": {"/a": {"$ref": "#/components/schemas/Used"}}, "components": components}
    assert places(run(RULE, document)) == ["r components/schemas/Unused", "r components/links/Unused"]


@pytest.mark.parametrize("document", [{}, {"components": []}, {"components": {"schemas": 1}}])
def test_without_components_nothing_is_unused(document: Any) -> None:
    assert run(RULE, document) == ()
