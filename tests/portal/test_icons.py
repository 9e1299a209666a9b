"""Shapes."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from portal.icons import PATHS, icon


def test_decoration_is_silent_and_a_titled_shape_is_not() -> None:
    assert 'aria-hidden="true"' in icon("pass")
    assert 'role="img" aria-label="a &lt;title&gt;"' in icon("pass", "a <title>")


@pytest.mark.parametrize("name", sorted(PATHS))
def test_a_path_is_drawn_within_its_grid(name: str) -> None:
    assert re.fullmatch(r"[MLHVCSQTAZmlhvcsqtaz0-9 .,-]+", PATHS[name])
    starts = [tuple(map(float, pair)) for pair in re.findall(r"M(\d+\.?\d*)[ ,](\d+\.?\d*)", PATHS[name])]
    assert starts
    assert all(0 <= x <= 16 and 0 <= y <= 16 for x, y in starts)


def test_templates_name_shapes_that_exist() -> None:
    templates = files("portal") / "templates"
    texts = [
        path.read_text("utf-8")
        for folder in (templates, templates / "parts")
        for path in folder.iterdir()
        if path.name.endswith(".html")
    ]
    named = {name for text in texts for name in re.findall(r'icon\("([a-z]+)"\)', text)}
    assert named <= set(PATHS)
    assert named


def test_a_shape_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        icon("nothing")


def test_a_title_cannot_leave_its_attribute() -> None:
    assert icon("safe", '" onload="alert(1)').count('"') == icon("safe", "x").count('"')
