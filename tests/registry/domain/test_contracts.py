from __future__ import annotations

import hashlib

from registry.domain.contracts import Content, digest, set_digest


def test_a_digest_names_its_bytes() -> None:
    assert digest(b"x") == "sha256:" + hashlib.sha256(b"x").hexdigest()


def test_a_sets_digest_covers_root_names_and_contents_but_not_their_order() -> None:
    files = {"a.yaml": digest(b"a"), "b.yaml": digest(b"b")}
    same = dict(reversed(files.items()))
    assert set_digest("a.yaml", files) == set_digest("a.yaml", same)
    others = {
        set_digest("b.yaml", files),
        set_digest("a.yaml", {**files, "c.yaml": digest(b"c")}),
        set_digest("a.yaml", {**files, "b.yaml": digest(b"c")}),
    }
    assert len(others | {set_digest("a.yaml", files)}) == 4


def test_media_types_are_told_from_the_content() -> None:
    assert Content("", b' {"openapi": "3.0.0"}').media_type == "application/json"
    assert Content("", b"openapi: 3.0.0").media_type == "application/yaml"
