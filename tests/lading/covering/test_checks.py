from __future__ import annotations

from lading.covering.checks import breaks, table
from linters.diff.checks import catalogue, find
from linters.diff.variance import Flow


def test_every_id_is_on_the_page() -> None:
    page = table()
    assert [
        one for check in catalogue().values() for one in check.ids.values() if f"`{one}`" not in page
    ] == []


def test_whom_a_check_breaks() -> None:
    assert breaks(find("maxLength", "decreased"), Flow.IN) == "consumers, if proved"
    assert breaks(find("maxLength", "decreased"), Flow.OUT) == "providers, if proved"
    assert breaks(find("channel", "removed"), Flow.OUT) == "consumers"
    assert breaks(find("server", "removed"), Flow.IN) == "nobody; by policy `servers` consumers"
    assert breaks(find("keyword", "changed"), Flow.IN) == "unknown"
    assert breaks(find("link", "added"), Flow.IN) == "nobody"
