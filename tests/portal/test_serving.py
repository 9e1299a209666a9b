"""Every page as a browser sees it, and what holds for all of them."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pytest

from portal.discovery import modules
from portal.serving import FORM_BYTES
from registry.domain.access import SYSTEM
from registry.services import contracts, identity

from .accessibility import faults, overflow
from .addresses import OPEN, addresses
from .conftest import Opener, Site
from .seeds import VIEWER

NAMES = sorted({module.name for module in modules() if module.get is not None} - set(OPEN))
INLINE = re.compile(r"<[^>]+\s(?:style|on[a-z]+)=|<style|<script(?![^>]*\ssrc=)")

SQUEEZED = """[...document.querySelectorAll(".with-aside, .reading, .sides")]
    .filter((e) => getComputedStyle(e).gridTemplateColumns.split(" ").length > 1).map((e) => e.className)"""


@pytest.fixture(scope="module")
def paths(site: Site) -> dict[str, str]:
    return addresses(site.seeded)


def test_every_page_that_can_be_read_has_an_address_here(paths: dict[str, str]) -> None:
    assert sorted(paths) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_without_scripts(name: str, paths: dict[str, str], client: httpx.Client) -> None:
    answer = client.get(paths[name])
    assert answer.status_code == 200, answer.text
    assert not INLINE.search(answer.text)
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "<h1" in answer.text


@pytest.mark.browser
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_sound_in_a_browser(
    name: str, width: int, theme: str, paths: dict[str, str], site: Site, window: Opener
) -> None:
    opened = window(site, width=width, theme=theme)
    page = opened.open(paths[name])
    page.wait_for_load_state("networkidle")
    assert opened.complaints == []
    assert overflow(page) <= 0
    assert faults(page) == []
    if width < 500:
        assert page.evaluate(SQUEEZED) == [], "on a small screen one thing stands below the other"


@pytest.mark.browser
@pytest.mark.parametrize("name", sorted(OPEN))
def test_a_page_for_strangers_is_sound(name: str, site: Site, window: Opener) -> None:
    opened = window(site, width=390, theme="light", email=None)
    page = opened.open(OPEN[name])
    assert opened.complaints == []
    assert overflow(page) <= 0
    assert faults(page) == []


BAD = """<!doctype html><title>x</title><body style="background:#fff">
<main></main><main></main><h2>first</h2><h4>skips</h4><a href="#"></a><input><img src="data:,"><svg></svg>
<p style="color:#999">pale</p><table><thead><tr><th>x</th></tr></thead></table><i id="a"></i><i id="a"></i>
<div aria-label="nothing">x</div><nav></nav><nav></nav><label for="nowhere">x</label></body>"""


@pytest.mark.browser
def test_the_checker_of_accessibility_finds_what_is_wrong(site: Site, window: Opener) -> None:
    page = window(site).page
    page.set_content(BAD)
    said = "\n".join(faults(page))
    for fault in (
        "no language",
        "nameless control",
        "field without label",
        "picture without alternative",
        "drawing without alternative",
        "identifier used twice",
        "for leads nowhere",
        "not exactly one first heading",
        "heading of level 4 after 2",
        "not exactly one main",
        "two landmarks",
        "a label on what has no role",
        "table without caption",
        "without scope",
        'contrast 2.85 of "pale"',
    ):
        assert fault in said, fault


@pytest.mark.browser
def test_twice_as_large_it_still_fits(paths: dict[str, str], site: Site, window: Opener) -> None:
    opened = window(site, width=640)
    for name in ("home", "catalogue", "contract", "contract_diff", "consumer"):
        assert overflow(opened.open(paths[name])) <= 0, name


@pytest.mark.browser
def test_the_keyboard_is_enough(site: Site, window: Opener) -> None:
    page = window(site).open("/catalogue")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.type("orders")
    page.keyboard.press("Enter")
    page.wait_for_url("**/catalogue?q=orders")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contracts/**")
    page.keyboard.press("g")
    page.keyboard.press("v")
    page.wait_for_url("**/violations")


@pytest.mark.browser
def test_the_menu_of_a_small_screen_opens_and_closes(site: Site, window: Opener) -> None:
    page = window(site, width=390).open("/")
    rail = page.get_by_role("navigation", name="Main")
    assert not rail.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert rail.is_visible()
    page.keyboard.press("Escape")
    assert not rail.is_visible()
    page.get_by_role("button", name="Menu").click()
    rail.get_by_role("link", name="Calendar").click()
    page.wait_for_url("**/calendar")


def test_a_stranger_is_sent_to_sign_in_and_back(stranger: httpx.Client) -> None:
    answer = stranger.get("/violations?state=open")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fviolations%3Fstate%3Dopen"


def test_what_is_nowhere_is_said_in_the_same_look(client: httpx.Client, stranger: httpx.Client) -> None:
    for who, way_on in ((client, "Catalogue"), (stranger, "Sign in")):
        answer = who.get("/nowhere/at/all")
        assert answer.status_code == 404
        assert "There is no such page" in answer.text
        assert way_on in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/contracts/erp/nothing",
        "/contracts/erp/orders?version=9.9.9",
        "/contracts/Bad%20Name/x",
        "/contracts/erp/orders/operation?key=nothing",
        "/contracts/erp/orders/schema?pointer=/nowhere",
        "/contracts/erp/orders/source?file=../../etc/passwd",
        "/gate-runs/99999",
        "/gate-runs/nine",
        "/violations/99999",
        "/violations/nine",
        "/consumers/nobody",
        "/policies/no-such-rule",
        "/catalogue?after=rubbish",
        "/catalogue?state=rubbish",
        "/gate-runs?outcome=rubbish",
    ],
)
def test_what_does_not_exist_is_a_page_with_words(path: str, client: httpx.Client) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 422), answer.status_code
    assert "<h1" in answer.text
    assert "Traceback" not in answer.text


def test_an_api_path_that_is_nowhere_is_not_a_page(client: httpx.Client) -> None:
    answer = client.get("/v1/nothing")
    assert answer.status_code == 404
    assert "html" not in answer.headers["content-type"]


def test_a_viewer_is_refused_and_told(viewer: httpx.Client, site: Site) -> None:
    assert "Audit" not in viewer.get("/").text
    answer = viewer.get("/audit")
    assert answer.status_code == 403
    assert "Not allowed" in answer.text


def test_a_form_from_elsewhere_is_refused(site: Site) -> None:
    with site.client() as client:
        page = client.get("/consumers").text
        csrf = re.search(r'name="csrf" value="([^"]+)"', page)
        assert csrf is not None
        sent = {"csrf": csrf[1], "name": "forged"}
        assert (
            client.post("/consumers", data=sent, headers={"Origin": "https://evil.example"}).status_code
            == 403
        )
        assert client.post("/consumers", data=sent | {"csrf": "guessed"}).status_code == 403
        assert client.post("/consumers", data={"name": "forged"}).status_code == 403
    with site.client(VIEWER) as other:
        assert other.post("/consumers", data=sent).status_code == 403, "the token is bound to its session"


def test_a_form_that_is_too_large_is_refused_before_it_is_read(client: httpx.Client) -> None:
    answer = client.post("/consumers", data={"name": "x" * (FORM_BYTES + 1)})
    assert answer.status_code == 413


def test_a_fault_of_ours_is_a_page_with_a_reference(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(contracts, "browse", broken)
    answer = client.get("/catalogue")
    assert answer.status_code == 500
    assert re.search(r"<code>[0-9a-f]{8}</code>", answer.text)
    assert "secret detail" not in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_static_files_are_kept_for_ever_under_their_hash(client: httpx.Client) -> None:
    page = client.get("/").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) == 3
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/0123456789abcdef/lading.css").status_code == 404


def test_somebody_without_a_role_is_shown_nothing_and_told_why(fresh: Site) -> None:
    with fresh.registry.unit(SYSTEM) as context:
        nobody_yet = identity.put_person(context, "new@example.org")
        session = identity.start_session(context, nobody_yet, lifetime=timedelta(hours=1))
    with httpx.Client(base_url=fresh.url, cookies={identity.COOKIE: session.token}) as newcomer:
        for path in ("/", "/catalogue", "/consumers", "/violations", "/gate-runs"):
            answer = newcomer.get(path)
            assert answer.status_code == 403
            assert "Ask an admin" in answer.text
