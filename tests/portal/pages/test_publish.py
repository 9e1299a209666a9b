"""Publishing by upload."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from registry.domain.access import SYSTEM
from registry.services import contracts
from tests.portal.conftest import Opener, Site
from tests.portal.seeds import SPECS, VIEWER

NEW = b"""openapi: 3.0.3
info: {title: Yard slots, version: 1.0.0}
paths:
  /slots_free:
    get:
      responses: {'200': {description: x}}
"""


def upload(client: httpx.Client, data: bytes, name: str = "yard.yaml", **fields: str) -> httpx.Response:
    csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/publish").text)
    assert csrf is not None
    return client.post(
        "/publish", data={"csrf": csrf[1], "do": "publish", **fields}, files={"file": (name, data)}
    )


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_a_contract_is_published_by_upload_and_its_findings_are_seen(
    fresh: Site, window: Opener, tmp_path: Path, width: int
) -> None:
    text = (
        (SPECS / "warehouse.openapi.yaml")
        .read_text("utf-8")
        .replace("title: Warehouse\n", "title: Yard\n", 1)
    )
    file = tmp_path / "yard.yaml"
    file.write_text(text.replace("operationId: ", "operationId: Odd_", 1), "utf-8")
    opened = window(fresh, width=width)
    page = opened.open("/publish")
    page.get_by_label("Document").set_input_files(file)
    page.get_by_label("Contract", exact=True).fill("wms/yard")
    page.get_by_label("Team that owns it").select_option("warehouse")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url("**/gate-runs/*")
    assert page.get_by_role("heading", name="Published").is_visible(), page.inner_text("main")
    page.get_by_role("link", name="Read it").click()
    page.get_by_role("navigation", name="About this contract").get_by_role("link", name="Findings").click()
    page.locator("figure.code", has_text="Odd_").first.wait_for()
    assert opened.complaints == []


def test_a_breaking_change_is_refused_with_its_reasons(fresh: Site) -> None:
    proposal = (SPECS / "history/last-mile-breaking-proposal.openapi.yaml").read_bytes()
    with fresh.client() as client:
        answer = upload(client, proposal, contract="last-mile/delivery")
        assert answer.status_code == 303
        page = client.get(answer.headers["location"]).text
    assert "Refused: nothing was stored" in page
    assert "recipient.phone" in page


def test_a_check_stores_nothing(fresh: Site) -> None:
    with fresh.client() as client:
        answer = upload(client, NEW, contract="wms/yard", owner="warehouse", do="check")
        assert answer.headers["location"].startswith("/gate-runs/")
    with fresh.registry.unit.read(SYSTEM) as context:
        assert not contracts.exists(context, "wms/yard")


def test_the_same_bytes_again_lead_to_what_is_there(fresh: Site) -> None:
    with fresh.registry.unit.read(SYSTEM) as context:
        latest = contracts.get(context, "wms/warehouse").latest
    assert latest is not None
    with fresh.client() as client:
        data = (SPECS / "warehouse.openapi.yaml").read_bytes()
        answer = upload(client, data, name="warehouse.yaml", contract="wms/warehouse")
        assert answer.headers["location"] == f"/contracts/wms/warehouse?version={latest.version}"


@pytest.mark.parametrize(
    ("data", "fields", "said"),
    [
        (b"openapi: [", {"contract": "wms/yard"}, "yard.yaml:1"),
        (b"\x00\x01", {"contract": "wms/yard"}, "binary"),
        (b"a: 1", {"contract": "wms/yard"}, "OpenAPI"),
        (NEW, {"contract": "No Good"}, "names no contract"),
        (NEW, {"contract": "wms/yard", "number": "one"}, "is no version"),
        (NEW.replace(b"1.0.0", b"soon"), {"contract": "wms/yard"}, "which is no version"),
        (b"", {"contract": "wms/yard"}, "empty"),
    ],
)
def test_what_cannot_be_published_is_told_and_what_was_typed_stays(
    data: bytes, fields: dict[str, str], said: str, client: httpx.Client
) -> None:
    answer = upload(client, data, **fields)
    assert answer.status_code == 422, answer.text
    assert said in answer.text
    assert f'value="{fields["contract"]}"' in answer.text
    assert "Traceback" not in answer.text


def test_a_viewer_may_not_publish(fresh: Site) -> None:
    with fresh.client(VIEWER) as client:
        assert "/publish" not in client.get("/catalogue").text
        assert upload(client, NEW, contract="wms/yard", owner="warehouse").status_code == 403
