from __future__ import annotations

import pytest

from lading.gating.kinds import Kind, kind_of, refers_elsewhere


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"openapi: 3.0.3\ninfo: {title: A}\n", "a.yaml", Kind("openapi", "A")),
        (b'{"info": {"title": "A"}, "asyncapi": "3.0.0"}', "a.json", Kind("asyncapi", "A")),
        (b"swagger: '2.0'\n", "a.yml", Kind("swagger")),
        (b"openapi: 3.0.3\npaths: [\n", "a.yaml", Kind("openapi")),
        (b'{"openapi": "3.0.3", ', "a.json", Kind("openapi")),
        (b"type: object\n", "a.yaml", None),
        (b"- openapi\n", "a.yaml", None),
        (b"image: {{ name }\nopenapi: no\n", "a.yaml", None),
        (b"openapi: 3.0.3\n", "a.md", None),
        ("openapi: 3.0.3\n".encode("utf-16"), "a.yaml", Kind("openapi")),
    ],
)
def test_what_a_contract_is(content: bytes, name: str, kind: Kind | None) -> None:
    assert kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "refers"),
    [
        (b"$ref: parts/a.yaml", True),
        (b'{"$ref": "a.json#/b"}', True),
        (b"$ref: '#/components'", False),
        (b"x: y", False),
    ],
)
def test_what_may_refer_to_another_file(content: bytes, refers: bool) -> None:
    assert refers_elsewhere(content) is refers
