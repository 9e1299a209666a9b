"""Rulesets as other houses write them run as they are, and find what Spectral finds by them."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

import pytest

from contracts.document import parse
from contracts.references import from_files
from linters.lint import lint, load_ruleset
from policies import rulesets

FOLDER = Path(__file__).parent
CONTRACT = "contract.yaml"
STYLES: dict[str, Any] = parse((FOLDER / "styles.yaml").read_bytes(), "styles.yaml").value


@pytest.mark.parametrize("style", STYLES)
def test_a_ruleset_of_another_house_finds_what_it_finds_there(style: str) -> None:
    files = STYLES[style]["files"]

    def read(name: str, _named_by: str) -> bytes:
        return str(files[posixpath.normpath(name)]).encode()

    ruleset = load_ruleset(
        files[".spectral.yml"], source=".spectral.yml", read=read, named=rulesets.definition
    )
    documents = from_files({CONTRACT: (FOLDER / CONTRACT).read_bytes()}, CONTRACT)
    found = [f"{f.code} {f.severity:d} {'/'.join(map(str, f.path))}" for f in lint(documents, ruleset)]
    assert sorted(found) == sorted(STYLES[style]["finds"])
