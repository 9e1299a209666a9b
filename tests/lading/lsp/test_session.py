"""What is open in one editor."""

from __future__ import annotations

from pathlib import Path

from lading.lsp.session import Session, path_of

TEXT = "openapi: 3.1.1\ninfo: {title: Orders, version: v1}\npaths: {/a: {$ref: 'b.yaml#/x'}}\n"


def test_a_document_is_judged_with_the_others_as_they_are_in_the_editor(tmp_path: Path) -> None:
    session = Session()
    session.roots = [tmp_path]
    a, b = (tmp_path / "a.yaml").as_uri(), (tmp_path / "b.yaml").as_uri()
    assert session.put(a, TEXT, 1)
    assert session.put(b, "x: {}\n", 1)
    opened = session.opened(a)
    assert opened is not None
    checked = session.judge(opened)
    assert checked is not None
    assert checked.documents is not None
    assert sorted(checked.documents.documents) == ["a.yaml", "b.yaml"]
    session.checked[a] = checked
    assert session.users(b) == [a]
    assert session.users(a) == []

    session.put(a, TEXT.replace("v1", "v2"), 2)
    assert not session.is_current(opened)
    session.close(a)
    assert session.opened(a) is None
    assert session.uris == [b]


def test_what_is_no_contract_can_be_walked_through(tmp_path: Path) -> None:
    session = Session()
    uri = (tmp_path / "b.yaml").as_uri()
    session.put(uri, "x: {y: 1}\n", 1)
    opened = session.opened(uri)
    assert opened is not None
    assert session.judge(opened) is None
    looked = session.look(opened)
    assert looked is not None
    assert looked.document is not None
    session.put(uri, "", 2)
    empty = session.opened(uri)
    assert empty is not None
    assert session.look(empty) is None


def test_only_files_have_a_place() -> None:
    assert path_of("file:///a/b%20c.yaml") == Path("/a/b c.yaml")
    assert path_of("untitled:Untitled-1") is None
    assert not Session().put("untitled:Untitled-1", "x", 1)
