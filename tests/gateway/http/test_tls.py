import asyncio
import hashlib
import re
import ssl
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.http.entrance import Entrance, Http2
from gateway.http.tls import Pair, Tls, Unusable
from tests.gateway.papers import Authority
from tests.gateway.world import answering, running

OK = answering(200, b"[]")


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


async def get(port: int, context: ssl.SSLContext, **options: Any) -> httpx.Response:
    async with httpx.AsyncClient(verify=context, **options) as client:
        return await client.get(f"https://127.0.0.1:{port}/erp/v1/orders")


@pytest.mark.parametrize(("http2", "version"), [(True, "HTTP/2"), (False, "HTTP/1.1")])
def test_alpn_decides_what_is_spoken(authority: Authority, http2: bool, version: str) -> None:
    async def scenario() -> tuple[httpx.Response, bytes]:
        async with running(OK, entrance=Entrance(Tls(*authority.issue("gateway")))) as gateway:
            answer = await get(gateway.port, authority.trusting(), http2=http2)
            return answer, gateway.seen.heads[0]

    answer, head = asyncio.run(scenario())
    assert (answer.status_code, answer.http_version) == (200, version)
    assert b"x-forwarded-proto: https\r\n" in head


def test_http_2_is_not_offered_where_it_is_switched_off(authority: Authority) -> None:
    async def scenario() -> str:
        entrance = Entrance(Tls(*authority.issue("gateway")), Http2(offered=False))
        async with running(OK, entrance=entrance) as gateway:
            return (await get(gateway.port, authority.trusting(), http2=True)).http_version

    assert asyncio.run(scenario()) == "HTTP/1.1"


@pytest.mark.parametrize(
    ("minimum", "most", "taken"),
    [
        ("1.3", ssl.TLSVersion.TLSv1_2, False),
        ("1.3", ssl.TLSVersion.TLSv1_3, True),
        ("1.2", ssl.TLSVersion.TLSv1_2, True),
    ],
)
def test_older_versions_are_refused(
    authority: Authority, minimum: Any, most: ssl.TLSVersion, taken: bool
) -> None:
    context = authority.trusting()
    context.maximum_version = most

    async def scenario() -> bool:
        entrance = Entrance(Tls(*authority.issue("gateway"), minimum=minimum))
        async with running(OK, entrance=entrance) as gateway:
            try:
                return (await get(gateway.port, context)).status_code == 200
            except httpx.ConnectError:
                return False

    assert asyncio.run(scenario()) is taken


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("shown", ["ours", "theirs", "none"])
def test_certificates_of_clients(tmp_path: Path, authority: Authority, required: bool, shown: str) -> None:
    other = tmp_path / "other"
    other.mkdir()
    files = {
        "ours": authority.issue("carrier-x"), "theirs": Authority(other).issue("carrier-x"), "none": None,
    }[shown]  # fmt: skip
    seen: list[bytes | None] = []

    class Recorder:
        def record(self, exchange: Any, *_: Any) -> None:
            seen.append(exchange.request.certificate)

    async def scenario() -> int:
        tls = Tls(*authority.issue("gateway"), authorities=authority.path, required=required)
        async with running(OK, entrance=Entrance(tls), observers=(Recorder(),)) as gateway:
            try:
                return (await get(gateway.port, authority.trusting(files))).status_code
            except httpx.TransportError:
                return 0

    status = asyncio.run(scenario())
    if shown == "ours":
        assert status == 200
        assert seen[0] is not None
        assert (
            hashlib.sha256(seen[0]).digest()
            == hashlib.sha256(ssl.PEM_cert_to_DER_cert(files[0].read_text() if files else "")).digest()
        )
    elif shown == "none" and not required:
        assert (status, seen) == (200, [None])
    else:
        assert (status, seen) == (0, [])


@pytest.mark.parametrize(
    ("revoked", "days", "taken"), [("stranger", 30, True), ("carrier-x", 30, False), ("stranger", -1, False)]
)
def test_what_was_revoked_counts_no_more_nor_does_a_list_that_is_out_of_date(
    authority: Authority, revoked: str, days: int, taken: bool
) -> None:
    files = {name: authority.issue(name) for name in ("carrier-x", "stranger")}
    lists = authority.revoke(files[revoked][0], days=days)

    async def scenario() -> bool:
        tls = Tls(*authority.issue("gateway"), authorities=authority.path, revocations=lists)
        async with running(OK, entrance=Entrance(tls)) as gateway:
            try:
                return (await get(gateway.port, authority.trusting(files["carrier-x"]))).status_code == 200
            except httpx.TransportError:
                return False

    assert asyncio.run(scenario()) is taken


def test_a_key_may_have_a_password(authority: Authority) -> None:
    files = authority.issue("gateway", password=b"open")
    assert Tls(*files, password="open").context(())
    with pytest.raises(Unusable) as unusable:
        Tls(*files, password="planted").context(())
    assert "planted" not in str(unusable.value)
    assert "planted" not in repr(Tls(*files, password="planted"))


@pytest.mark.parametrize("broken", ["missing", "empty"])
def test_files_that_are_no_certificate_are_told(tmp_path: Path, authority: Authority, broken: str) -> None:
    certificate, key = authority.issue("gateway")
    wrong = tmp_path / "wrong.pem"
    if broken == "empty":
        wrong.touch()
    for tls in (
        Tls(wrong, key),
        Tls(certificate, wrong),
        Tls(certificate, key, authorities=wrong),
        Tls(certificate, key, authorities=authority.path, revocations=wrong),
    ):
        with pytest.raises(Unusable, match=r"wrong\.pem"):
            tls.context(())
    with pytest.raises(Unusable, match=r"wrong\.pem"):
        Pair(wrong, key).ends()


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("api.example", True),
        ("a.carrier.example", True),
        ("*.carrier.example", True),
        ("carrier.example", False),
        ("a.b.carrier.example", False),
        ("*.example", False),
        ("other.example", False),
    ],
)
def test_a_certificate_has_to_be_for_the_names_that_it_is_shown_for(
    authority: Authority, name: str, good: bool
) -> None:
    files = authority.issue("hosts", hosts=["API.example", "*.carrier.example"])
    if good:
        assert Pair(*files, names=(name,)).ends()
    else:
        with pytest.raises(Unusable, match=r"hosts\.crt: it is not for " + re.escape(name)):
            Pair(*files, names=("api.example", name)).ends()


def test_stamps_tell_what_changed(authority: Authority) -> None:
    host = Pair(*authority.issue("host"), names=("localhost",))
    tls = Tls(*authority.issue("gateway"), authorities=authority.path, hosts=(host,))
    before, shared = tls.stamp(), tls.shared()
    authority.issue("host", days=60)
    assert tls.stamp() != before
    assert tls.shared() == shared
    assert tls.pairs[1:] == (host,)
