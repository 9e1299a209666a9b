from __future__ import annotations

import re
from pathlib import Path

from lading.explaining import pages
from policies.rulesets import documented


def test_docs_rules_is_what_the_rules_say_now(root: Path) -> None:
    folder = root / "docs" / "rules"
    there = {file.name: file.read_text("utf-8") for file in folder.glob("*")}
    whole = pages.pages()
    assert set(there) == set(whole), "`make rules` writes docs/rules anew"
    for name, text in whole.items():
        assert there[name] == text, f"{name}: `make rules` writes docs/rules anew"


def test_every_rule_has_its_section_and_every_link_leads_to_one() -> None:
    whole = pages.pages()
    index = whole[pages.INDEX]
    for code in documented():
        assert f"[{code}](" in index.replace("\\", "")
    for page, anchor in re.findall(r"\]\(([\w-]+\.md)#([\w-]+)\)", index):
        headings = re.findall(r"^## (.+)$", whole[page].replace("\\", ""), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_writing_takes_away_what_is_no_more(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("old")
    (tmp_path / "picture.png").write_text("kept")
    pages.write(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {*pages.pages(), "picture.png"}
