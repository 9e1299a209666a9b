from __future__ import annotations

import pytest

from contracts.errors import ContractError
from contracts.limits import Limits
from registry.services.candidates import read
from tests.registry.examples import EVENTS, orders

ROOT = b"openapi: 3.0.3\ninfo: {title: A, version: 1.0.0}\npaths: {}\ncomponents: {schemas: {A: {$ref: 'parts/a.yaml'}}}\n"


def test_only_what_the_root_needs_is_kept_and_the_digest_covers_it() -> None:
    files = {"root.yaml": ROOT, "parts/a.yaml": b"type: string\n", "other.yaml": b"x: 1\n"}
    made = read(files, "root.yaml")
    assert set(made.files) == {"root.yaml", "parts/a.yaml"}
    assert made.digest == read({k: files[k] for k in ("parts/a.yaml", "root.yaml")}, "root.yaml").digest
    assert made.digest != read({**files, "parts/a.yaml": b"type: integer\n"}, "root.yaml").digest


def test_references_that_lead_nowhere_do_not_keep_it_from_being_read() -> None:
    assert len(read({"root.yaml": ROOT}, "root.yaml").documents.problems) == 1


def test_nothing_outside_the_set_is_read() -> None:
    root = ROOT.replace(b"parts/a.yaml", b"../../../../etc/passwd")
    made = read({"root.yaml": root}, "root.yaml")
    assert set(made.files) == {"root.yaml"}
    assert made.documents.problems


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\0\1", "binary"),
        (b"a: [", "syntax"),
        (b"a: 1\na: 2\n", "duplicate-key"),
        (b"hello: 1", "unknown-specification"),
        (b"openapi: 9.9.9\n", "unknown-version"),
        (b"arazzo: 1.0.0\n", "not-a-contract"),
        (b"\xff\xfe", "encoding"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(ContractError) as raised:
        read({"root.yaml": content}, "root.yaml")
    assert raised.value.code == code
    assert raised.value.source == "root.yaml"


def test_a_root_that_was_not_sent() -> None:
    with pytest.raises(ContractError, match=r"other\.yaml"):
        read({"other.yaml": ROOT}, "root.yaml")


def test_limits_hold() -> None:
    with pytest.raises(ContractError, match="bytes"):
        read({"root.yaml": orders()}, "root.yaml", limits=Limits(bytes=100))


def test_both_kinds_are_described() -> None:
    made = read({"e.yaml": EVENTS.encode()}, "e.yaml")
    assert (made.kind, made.specification, made.title, made.stated) == (
        "asyncapi",
        "AsyncAPI 3.0.0",
        "Milestones",
        "1.0.0",
    )
    assert {element.kind for element in made.elements} == {"channel", "operation", "message"}
