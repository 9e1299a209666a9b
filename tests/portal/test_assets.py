"""Static files: small, and named by their content."""

from __future__ import annotations

import gzip
import hashlib
import re
from importlib.resources import files

import pytest

from portal.assets import _asset, address, assets


def test_the_one_style_sheet_and_the_scripts_are_small() -> None:
    sheets = [asset for asset in assets().values() if asset.name.endswith(".css")]
    scripts = [asset for asset in assets().values() if asset.name.endswith(".js")]
    assert len(sheets) == 1
    assert len(sheets[0].data) < 25_000
    assert sum(len(script.data) for script in scripts) < 20_000


def test_nothing_is_fetched_from_elsewhere() -> None:
    for asset in assets().values():
        text = asset.data.decode().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(", text), asset.name


def test_the_address_holds_the_hash_of_the_content() -> None:
    assert re.fullmatch(r"/static/[0-9a-f]{16}/lading\.css", address("lading.css"))
    for asset in assets().values():
        assert gzip.decompress(asset.packed) == asset.data


def test_packing_keeps_every_rule_of_the_sheet() -> None:
    written = (files("portal") / "static" / "lading.css").read_text("utf-8")
    bare = re.sub(r"/\*.*?\*/|\s", "", written, flags=re.DOTALL)
    assert re.sub(r"\s", "", assets()["lading.css"].data.decode()) == bare


def test_every_colour_of_the_sheet_is_a_token() -> None:
    written = (files("portal") / "static" / "lading.css").read_text("utf-8")
    rules = written[written.index(':root[data-theme="light"]') :]
    assert re.findall(r"#[0-9a-f]{6}\b", rules) == []


def test_no_class_of_the_sheet_is_unused() -> None:
    written = (files("portal") / "static" / "lading.css").read_text("utf-8")
    classes = set(
        re.findall(r"\.([a-z][a-z0-9-]*)", re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", written, flags=re.DOTALL))
    )
    portal = files("portal")
    texts = [
        path.read_text("utf-8")
        for folder in ("templates", "templates/parts", "static", "pages", ".")
        for path in (portal / folder).iterdir()
        if path.name.endswith((".html", ".js", ".py"))
    ]
    used = " ".join(texts)
    meanings = {name for name in classes if name.startswith(("is-", "at-"))}
    assert sorted(name for name in classes - meanings if not re.search(rf"\b{name}\b", used)) == []


def test_other_content_has_another_address_and_the_same_has_the_same() -> None:
    one, other = (_asset("lading.js", data) for data in (b"let a = 1", b"let a = 2"))
    assert one.url != other.url
    assert one == _asset("lading.js", b"let a = 1")
    assert one.hash == hashlib.sha256(b"let a = 1").hexdigest()[:16]


def test_a_file_that_is_not_there_has_no_address() -> None:
    for name in ("nothing.css", "../forms.py", ""):
        with pytest.raises(KeyError):
            address(name)


def test_comments_go_and_what_stands_in_the_way_of_none_stays() -> None:
    sheet = _asset("x.css", b"/* a { */\na b > c { margin: 0 auto ; }\n/* x */ d { }\n")
    assert sheet.data == b"a b > c{margin: 0 auto;}d{}"
