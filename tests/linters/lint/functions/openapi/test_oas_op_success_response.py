from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import run

RULE = {
    "r": {"formats": ["oas2", "oas3"], "given": "$.responses", "then": {"function": "oasOpSuccessResponse"}}
}


@pytest.mark.parametrize("responses", [{"200": {}}, {"301": {}, "404": {}}, {"2XX": {}}, "text"])
def test_success_and_redirection_will_do(responses: Any) -> None:
    assert run(RULE, {"openapi": "3.0.3", "responses": responses}) == ()


@pytest.mark.parametrize("responses", [{}, {"404": {}}, {"default": {}}, {"2X0": {}}])
def test_an_operation_that_only_fails_is_told(responses: Any) -> None:
    assert len(run(RULE, {"openapi": "3.0.3", "responses": responses})) == 1


def test_swagger_has_no_ranges() -> None:
    assert len(run(RULE, {"swagger": "2.0", "responses": {"2XX": {}}})) == 1
