"""Light, dark, or as the system is."""

from __future__ import annotations

import pytest

from tests.portal.conftest import Opener, Site
from tests.portal.typing_in import sent_to


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_the_choice_stays(fresh: Site, window: Opener, scripts: bool) -> None:
    page = window(fresh, theme="light", scripts=scripts).open("/calendar")
    page.locator("summary", has_text="Ada Cole").click()
    page.get_by_role("button", name="Dark").click()
    page.wait_for_url("**/calendar")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.goto(fresh.url + "/policies")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_back_leads_nowhere_else_and_nonsense_is_no_theme(fresh: Site) -> None:
    with fresh.client() as client:
        answer = sent_to(client, "/", "/theme", theme="pink", back="//evil.example")
        assert answer.headers["location"] == "/"
        assert "pink" not in answer.headers["set-cookie"]
