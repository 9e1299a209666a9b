"""What a page declares."""

from __future__ import annotations

from portal.discovery import modules
from portal.page import Module, Page, Rail


def test_a_page_lights_its_own_entry_or_the_one_it_stands_under() -> None:
    assert Page("/x", "X", Rail("Exes", 10, "home")).lit == "Exes"
    assert Page("/x/{y}", "Y", under="Exes").lit == "Exes"


def test_entries_are_grouped_by_hundreds() -> None:
    assert [Rail("", order, "home").group for order in (10, 99, 110)] == [0, 0, 1]


def test_the_template_has_the_name_of_the_module() -> None:
    assert Module("gate_run", Page("/", ""), None, None).template == "gate_run.html"


def test_a_page_is_closed_small_and_transacted_unless_it_says_otherwise() -> None:
    plain = Page("/x", "X")
    assert (plain.open, plain.upload, plain.transacted, plain.lit) == (False, False, True, "")


def test_only_what_is_read_before_signing_in_is_open() -> None:
    opened = {module.name for module in modules() if module.page.open}
    assert opened == {"components", "sign_in", "sign_in_link", "sign_out", "theme"}
