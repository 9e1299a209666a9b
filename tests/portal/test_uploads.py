"""Uploaded files as a set of documents."""

from __future__ import annotations

import pytest

from contracts.limits import DEFAULT
from portal.forms import Upload
from portal.uploads import files_of, root_of
from registry.domain.errors import Invalid

CONTRACT = b"openapi: 3.1.0\ninfo: {title: x, version: 1.0.0}\npaths: {}\n"
SCHEMA = b"type: object\n"


def test_names_are_kept_and_made_to_stay_inside() -> None:
    assert list(files_of([Upload("/a.yaml", b"x"), Upload("parts\\b.yaml", b"y")])) == [
        "a.yaml",
        "parts/b.yaml",
    ]


def test_no_file_and_two_of_one_name_are_refused_at_their_field() -> None:
    for uploads in ([], [Upload("a", b""), Upload("a", b"")]):
        with pytest.raises(Invalid) as caught:
            files_of(uploads)
        assert "file" in caught.value.details["fields"]


def test_the_contract_among_several_files_is_found() -> None:
    files = {"schema.yaml": SCHEMA, "orders.yaml": CONTRACT, "broken.yaml": b"\x00"}
    assert root_of(files, "", DEFAULT) == "orders.yaml"
    assert root_of({"any.txt": b"?"}, "", DEFAULT) == "any.txt"
    assert root_of(files, "schema.yaml", DEFAULT) == "schema.yaml"


@pytest.mark.parametrize(
    ("files", "wanted"),
    [({"a": SCHEMA, "b": SCHEMA}, ""), ({"a": CONTRACT, "b": CONTRACT}, ""), ({"a": CONTRACT}, "c")],
)
def test_where_it_is_not_plain_people_are_asked(files: dict[str, bytes], wanted: str) -> None:
    with pytest.raises(Invalid):
        root_of(files, wanted, DEFAULT)
