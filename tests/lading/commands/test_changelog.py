from __future__ import annotations

from pathlib import Path

import pytest

from tests.lading.conftest import Lading
from tests.registry.examples import orders


def test_between_two_files_in_every_format(here: Path, lading: Lading) -> None:
    (here / "after.yaml").write_bytes(orders("2.0.0", eta=False))
    shown = lading("changelog", "orders.yaml", "after.yaml")
    assert shown.code == 0
    assert shown.out.startswith("# Changes of Orders\n\n## 2.0.0\n")
    assert "- **Breaking:** The property `shipmentEta`" in shown.out
    told = lading("changelog", "orders.yaml", "after.yaml", "--format", "json").json
    assert [one["version"] for one in told["releases"]] == ["2.0.0", "1.0.0"]
    made = lading("changelog", "orders.yaml", "after.yaml", "-f", "html", "-o", "changes.html")
    assert (made.code, made.out) == (0, "")
    assert (here / "changes.html").read_text().startswith("<!doctype html>")


def test_of_a_contract_in_the_registry(filled: Path, lading: Lading) -> None:
    (filled / "after.yaml").write_bytes(orders("2.0.0", eta=False))
    assert lading("publish", "after.yaml", "--contract", "erp/orders").code == 0
    assert (
        lading("deprecate", "erp/orders@1.0.0", "--sunset", "2099-01-31", "--replacement", "2.0.0").code == 0
    )
    shown = lading("changelog", "erp/orders", "--registry")
    assert shown.code == 0
    assert shown.out.index("## 2.0.0 · ") < shown.out.index("## 1.0.0 · ")
    assert "Deprecated; its last day is 2099-01-31; take" in shown.out
    assert "older versions" in lading("changelog", "erp/orders", "--registry", "--limit", "1").out


def test_what_could_not_be_compared_is_told_and_is_no_yes(here: Path, lading: Lading) -> None:
    (here / "events.yaml").write_text("asyncapi: 3.0.0\ninfo: {title: E, version: 2.0.0}\nchannels: {}\n")
    made = lading("changelog", "orders.yaml", "events.yaml")
    assert made.code == 2
    assert "What changed is not known: " in made.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["orders.yaml"], "needs two versions"),
        (["orders.yaml", "--history", "--registry"], "Choose one"),
        (["a.yaml", "b.yaml", "--history"], "one history"),
        (["absent.yaml", "orders.yaml"], "absent.yaml"),
    ],
)
def test_what_is_not_understood_is_told(arguments: list[str], said: str, here: Path, lading: Lading) -> None:
    made = lading("changelog", *arguments)
    assert made.code == 2
    assert said in made.err
