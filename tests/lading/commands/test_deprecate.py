from __future__ import annotations

from pathlib import Path

import pytest

from tests.lading.conftest import Lading

ORDERS = "erp/orders@1.0.0"


def test_an_end_is_announced(filled: Path, lading: Lading) -> None:
    made = lading("deprecate", ORDERS, "--sunset", "2099-06-30", "--format", "json")
    assert made.code == 0
    assert made.json["state"] == "deprecated"
    assert made.json["sunset_at"].startswith("2099-06-30T00:00:00")
    again = lading("deprecate", ORDERS, "--sunset", "2099-07-31")
    assert again.out == "erp/orders@1.0.0: deprecated, until 2099-07-31\n"


def test_a_version_is_not_retired_before_its_sunset(filled: Path, lading: Lading) -> None:
    made = lading("deprecate", ORDERS, "--retire")
    assert made.code == 1
    assert made.out.startswith("refused: ")
    lading("deprecate", ORDERS, "--sunset", "2099-06-30")
    told = lading("deprecate", ORDERS, "--retire", "--format", "json")
    assert (told.code, told.json["status"]) == (1, "refused")
    assert told.json["problem"]["detail"]
    assert lading("show", ORDERS, "--format", "json").json["state"] == "deprecated"


def test_a_version_that_serves_somebody_is_retired_by_force_and_with_a_reason(
    filled: Path, lading: Lading
) -> None:
    lading("key", "issue", "acme-wms", "--contract", "erp/orders", "--major", "1")
    lading("deprecate", ORDERS)
    refused = lading("deprecate", ORDERS, "--retire")
    assert refused.code == 1
    assert refused.out.startswith("refused: erp/orders@1.0.0 is still used: acme-wms subscribes to it. Let ")
    told = lading("deprecate", ORDERS, "--retire", "--reason", "It is old.", "--format", "json")
    assert [one["consumer"] for one in told.json["problem"]["dependents"]] == ["acme-wms"]
    forced = lading("deprecate", ORDERS, "--retire", "--force", "--reason", "It leaks addresses.")
    assert (forced.code, forced.out) == (0, "erp/orders@1.0.0: retired\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("erp/orders",), "names no version"),
        (("orders@1.0.0",), "names no contract"),
        ((ORDERS, "--sunset", "soon"), "'soon' is no date"),
        ((ORDERS, "--sunset", "2099-02-30"), "is no date"),
        ((ORDERS, "--retire", "--sunset", "2099-06-30"), "--retire goes with neither"),
        ((ORDERS, "--retire", "--replacement", "2.0.0"), "--retire goes with neither"),
        ((ORDERS, "--force"), "--force and --reason go with --retire"),
        (
            (ORDERS, "--reason", "It leaks.", "--sunset", "2099-06-30"),
            "--force and --reason go with --retire",
        ),
        ((ORDERS, "--retire", "--force"), "--force needs a --reason"),
        ((ORDERS, "--retire", "--force", "--reason", " "), "--force needs a --reason"),
        (("erp/orders@9.9.9", "--sunset", "2099-06-30"), "9.9.9"),
        (("erp/absent@1.0.0", "--sunset", "2099-06-30"), "erp/absent"),
    ],
)
def test_what_cannot_be_done(arguments: tuple[str, ...], words: str, filled: Path, lading: Lading) -> None:
    made = lading("deprecate", *arguments)
    assert (made.code, made.out) == (2, "")
    assert words in made.err


def test_a_registry_that_is_away(away: str, lading: Lading) -> None:
    made = lading("deprecate", ORDERS, "--sunset", "2099-06-30")
    assert (made.code, "cannot be reached" in made.err) == (2, True)
