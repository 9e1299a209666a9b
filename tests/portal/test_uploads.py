"""Uploaded files as a set of documents."""

from __future__ import annotations

from dataclasses import replace

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


@pytest.mark.parametrize("name", ["../../x.yaml", "a/../b.yaml", "..", "/", "a//b", "a\0.yaml", "x" * 301])
def test_a_name_that_leads_outside_or_is_none_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as caught:
        files_of([Upload(name, CONTRACT)])
    assert caught.value.code == "file-name"
    assert len(caught.value.message) < 120


def test_a_refusal_names_a_few_of_very_many_files() -> None:
    files = {f"{number}.yaml": SCHEMA for number in range(200)}
    with pytest.raises(Invalid) as caught:
        root_of(files, "x" * 5000, DEFAULT)
    assert len(caught.value.message) < 250
    assert "4.yaml" in caught.value.advice
    assert "5.yaml" not in caught.value.advice


def test_a_file_beyond_the_limits_is_not_taken_for_the_contract() -> None:
    small = replace(DEFAULT, bytes=len(CONTRACT))
    files = {"large.yaml": CONTRACT + b"# and more\n", "small.yaml": CONTRACT}
    assert root_of(files, "", small) == "small.yaml"
