from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from lading import settings
from lading.app import create, open_registry
from lading.outcome import CouldNotTell
from lading.settings import Settings
from registry.services.retention import Retention


@pytest.fixture
def known(tmp_path: Path) -> Settings:
    return settings.load({"LADING_DATA": str(tmp_path / "data"), "LADING_MAX_UPLOAD_MB": "3"})


def test_the_registry_is_opened_as_the_settings_say(known: Settings) -> None:
    registry = open_registry(known)
    try:
        assert registry.settings.limits.bytes == 3 * 1024 * 1024
        assert registry.settings.url == "http://127.0.0.1:8400"
        assert registry.settings.oidc is None
        assert (known.data / "lading.db").is_file()
        assert known.data.stat().st_mode & 0o077 == 0, "others have no business in the data folder"
    finally:
        registry.close()


def test_an_issuer_is_used_where_one_is_named(tmp_path: Path) -> None:
    known = settings.load(
        {
            "LADING_DATA": str(tmp_path),
            "LADING_OIDC_ISSUER": "https://id.example",
            "LADING_OIDC_CLIENT_ID": "lading",
        }
    )
    registry = open_registry(known)
    try:
        assert registry.settings.oidc is not None
        assert registry.settings.oidc.issuer == "https://id.example"
    finally:
        registry.close()


def test_ages_are_days_or_for_ever(known: Settings) -> None:
    registry = open_registry(replace(known, usage_days=0, unknown_days=30))
    try:
        assert registry.settings.retention == Retention(None, timedelta(days=30))
    finally:
        registry.close()
    with pytest.raises(CouldNotTell, match="LADING_UNKNOWN_DAYS is -1"):
        open_registry(replace(known, unknown_days=-1))


async def get(app: object, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8400") as client:
        return await client.get(path)


def test_api_and_pages_are_one_application(known: Settings) -> None:
    app = create(known)
    assert asyncio.run(get(app, "/readyz")).status_code == 200
    assert asyncio.run(get(app, "/v1/contracts")).status_code == 401
    page = asyncio.run(get(app, "/"))
    assert page.status_code == 303
    assert page.headers["location"].startswith("/sign-in")
