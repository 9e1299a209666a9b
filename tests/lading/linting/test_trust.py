from __future__ import annotations

import os
from pathlib import Path

import pytest

from lading.linting.trust import Trust
from lading.settings import Settings


def test_the_environment_and_the_command_line_allow_together(tmp_path: Path) -> None:
    settings = Settings(
        allow_functions=f"{tmp_path / 'a'}{os.pathsep}{tmp_path / 'b'}",
        allow_urls="https://x.example https://y.example",
    )
    trust = Trust.of(settings, [Path("mine")], ["https://z.example"])
    assert trust.functions == (Path("mine"), tmp_path / "a", tmp_path / "b")
    assert trust.urls == ("https://z.example", "https://x.example", "https://y.example")
    assert Trust.of(Settings()) == Trust()


def test_a_link_out_of_an_allowed_folder_is_not_allowed(tmp_path: Path) -> None:
    (tmp_path / "good").mkdir()
    (tmp_path / "evil.py").touch()
    (tmp_path / "good" / "own.py").touch()
    (tmp_path / "good" / "link.py").symlink_to(tmp_path / "evil.py")
    trust = Trust((tmp_path / "good",))
    assert trust.covers_file(tmp_path / "good" / "own.py")
    assert not trust.covers_file(tmp_path / "good" / "link.py")
    assert not trust.covers_file(tmp_path / "good" / ".." / "evil.py")


@pytest.mark.parametrize(
    ("url", "covered"),
    [
        ("https://x.example/rules/house.yaml", True),
        ("https://x.example/rules", True),
        ("https://x.example/rules2/house.yaml", False),
        ("https://x.example.evil.example/rules/house.yaml", False),
        ("https://x.example/rules/../other.yaml", False),
        ("https://x.example/rules/%2E%2e/other.yaml", False),
        ("http://x.example/rules/house.yaml", False),
    ],
)
def test_addresses_are_compared_by_whole_segments(url: str, covered: bool) -> None:
    assert Trust(urls=("https://x.example/rules/",)).covers_url(url) is covered
    assert Trust(urls=("https://x.example/rules",)).covers_url(url) is covered
    assert not Trust().covers_url(url)
