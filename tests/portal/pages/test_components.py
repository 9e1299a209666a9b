"""The page of all parts, photographed in both themes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portal.conftest import Opener, Site


@pytest.mark.browser
def test_it_is_photographed_in_both_themes(site: Site, window: Opener, tmp_path: Path) -> None:
    pictures = {}
    for theme in ("light", "dark"):
        page = window(site, theme=theme).open("/portal/components")
        pictures[theme] = page.screenshot(path=tmp_path / f"{theme}.png", full_page=True)
        canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert canvas == {"light": "rgb(244, 246, 248)", "dark": "rgb(14, 20, 27)"}[theme]
    assert pictures["light"] != pictures["dark"]
    assert all(len(picture) > 20_000 for picture in pictures.values())


@pytest.mark.browser
def test_a_copy_button_appears_where_there_are_scripts(site: Site, window: Opener) -> None:
    assert window(site).open("/portal/components").get_by_role("button", name="Copy the key").is_visible()
    without = window(site, scripts=False).open("/portal/components")
    assert not without.get_by_role("button", name="Copy the key").is_visible()
