from __future__ import annotations

from pathlib import Path

import pytest

from tests.lading.conftest import Lading
from tests.registry.examples import orders

ORDERS = ("orders.yaml", "--contract", "erp/orders")


def test_a_first_version_and_the_same_bytes_again(here: Path, lading: Lading) -> None:
    made = lading("publish", *ORDERS, "--owner", "order-desk")
    assert (made.code, made.out.splitlines()[0]) == (0, "erp/orders@1.0.0: stored, published")
    again = lading("publish", *ORDERS)
    assert (again.code, again.out) == (0, "erp/orders@1.0.0: unchanged, published: these bytes were there\n")


def test_a_draft_is_kept_and_not_published(here: Path, lading: Lading) -> None:
    assert "stored, draft" in lading("publish", *ORDERS, "--owner", "order-desk", "--draft").out


def test_a_server_takes_it_too(server: str, filled: Path, lading: Lading) -> None:
    (filled / "orders.yaml").write_bytes(orders("1.0.1", description="It is read again."))
    made = lading("publish", *ORDERS, "--format", "json")
    assert made.code == 0
    assert (made.json["status"], made.json["version"]["version"]) == ("stored", "1.0.1")
    assert made.json["gate_run"]["outcome"] == "pass"


def test_what_the_gate_refuses_is_not_stored_and_says_why(filled: Path, lading: Lading) -> None:
    (filled / "orders.yaml").write_bytes(orders("1.1.0", eta=False))
    made = lading("publish", *ORDERS)
    assert made.code == 1
    first, *reasons = made.out.splitlines()
    assert first == "refused: erp/orders"
    assert any(line.startswith("  fail      compatibility: 1 breaking change") for line in reasons)
    assert any("asks for a major bump" in line for line in reasons)
    told = lading("publish", *ORDERS, "--format", "json")
    assert (told.code, told.json["status"], told.json["gate_run"]["outcome"]) == (1, "refused", "fail")
    assert lading("show", "erp/orders@1.1.0").code == 2


def test_a_profile_that_does_not_exist_judges_nothing(filled: Path, lading: Lading) -> None:
    (filled / "orders.yaml").write_bytes(orders("1.0.1", description="It is read again."))
    made = lading("publish", *ORDERS, "--profile", "absent")
    assert (made.code, "default, legacy, strict" in made.err) == (2, True)
    assert lading("show", "erp/orders@1.0.1").code == 2


def test_other_bytes_under_a_used_version_are_refused(filled: Path, lading: Lading) -> None:
    (filled / "orders.yaml").write_bytes(orders(description="Other."))
    made = lading("publish", *ORDERS)
    assert made.code == 1
    assert made.out.startswith("refused: erp/orders")
    assert "1.0.0" in made.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("absent.yaml", "--contract", "erp/orders"), "absent.yaml: No such file"),
        (("orders.yaml", "--contract", "orders"), "names no contract"),
        (("orders.yaml", "--contract", "ERP/Orders"), "cannot be the name"),
        (("orders.yaml",), "--contract"),
        (("notes.yaml", "--contract", "erp/notes", "--owner", "desk"), "notes.yaml"),
        (("broken.yaml", "--contract", "erp/notes", "--owner", "desk"), "broken.yaml:2"),
    ],
)
def test_what_cannot_be_judged(arguments: tuple[str, ...], words: str, filled: Path, lading: Lading) -> None:
    (filled / "notes.yaml").write_text("just: notes\n")
    (filled / "broken.yaml").write_text("openapi: 3.1.0\ninfo: {title: [")
    made = lading("publish", *arguments)
    assert made.code == 2
    assert words in made.err


def test_a_registry_that_is_away(away: str, lading: Lading) -> None:
    made = lading("publish", *ORDERS)
    assert (made.code, made.out) == (2, "")
    assert f"the registry at {away} cannot be reached" in made.err
