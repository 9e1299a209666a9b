import asyncio
import os
import ssl
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.http.certificates import Certificates
from gateway.http.entrance import Entrance
from gateway.http.runtime import Timeouts
from gateway.http.tls import Pair, Tls, Unusable
from tests.gateway.papers import Authority
from tests.gateway.world import answering, running, until

OK = answering(200, b"[]")
REQUEST = b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\n\r\n"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def hosts(authority: Authority) -> tuple[Pair, ...]:
    """One certificate for two names, and one for those below a domain."""
    one = authority.issue("one", hosts=["api.example", "orders.example"])
    all_below = authority.issue("below", hosts=["*.carrier.example"])
    return (
        Pair(*one, names=("api.example", "orders.example")),
        Pair(*all_below, names=("*.carrier.example",)),
    )


async def shown(port: int, context: ssl.SSLContext, name: str | None) -> str:
    """The common name of what a client that asks for this host is shown."""
    context.check_hostname = False
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=context, server_hostname="" if name is None else name
    )
    writer.write(REQUEST)
    assert (await reader.readuntil(b"[]")).startswith(b"HTTP/1.1 200")
    held = writer.get_extra_info("peercert")
    writer.close()
    return str(held["subject"][0][0][1])


@pytest.mark.parametrize(
    ("name", "common"),
    [
        ("api.example", "one"),
        ("API.Example", "one"),
        ("orders.example", "one"),
        ("x.carrier.example", "below"),
        ("x.y.carrier.example", "gateway"),
        ("carrier.example", "gateway"),
        ("example", "gateway"),
        ("other.example", "gateway"),
        (None, "gateway"),
    ],
)
def test_the_name_that_a_client_asks_for_chooses_the_certificate(
    authority: Authority, name: str | None, common: str
) -> None:
    async def scenario() -> str:
        tls = Tls(*authority.issue("gateway"), hosts=hosts(authority))
        async with running(OK, entrance=Entrance(tls)) as gateway:
            return await shown(gateway.port, authority.trusting(), name)

    assert asyncio.run(scenario()) == common


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize("http2", [True, False])
def test_all_else_is_the_same_under_every_name(authority: Authority, name: str, http2: bool) -> None:
    """Versions, protocols, and whose certificates are asked for."""
    host = Pair(*authority.issue("host"), names=("localhost",))
    tls = Tls(
        *authority.issue("gateway"), minimum="1.3", authorities=authority.path, required=True, hosts=(host,)
    )
    partner = authority.issue("carrier-x")
    seen: list[bytes | None] = []

    class Recorder:
        def record(self, exchange: Any, *_: Any) -> None:
            seen.append(exchange.request.certificate)

    async def scenario() -> list[str]:
        async with running(OK, entrance=Entrance(tls), observers=(Recorder(),)) as gateway:
            old = authority.trusting(partner)
            old.maximum_version = ssl.TLSVersion.TLSv1_2
            told = []
            for context in (authority.trusting(partner), authority.trusting(), old):
                async with httpx.AsyncClient(verify=context, http2=http2) as client:
                    try:
                        url = f"https://{name}:{gateway.port}/erp/v1/orders"
                        told.append((await client.get(url)).http_version)
                    except httpx.TransportError:
                        told.append("none")
            return told

    assert asyncio.run(scenario()) == ["HTTP/2" if http2 else "HTTP/1.1", "none", "none"]
    assert seen == [ssl.PEM_cert_to_DER_cert(partner[0].read_text())]


@pytest.mark.filterwarnings("error")
def test_a_name_that_is_not_ascii_ends_the_handshake_and_nothing_is_said_of_it(
    authority: Authority, capfd: pytest.CaptureFixture[str]
) -> None:
    context = authority.trusting()
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context.wrap_bio(incoming, outgoing, server_hostname="localhost")
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    hello = outgoing.read().replace(b"localhost", b"local\xff\xfe\x80t")

    async def scenario() -> tuple[bytes, str]:
        tls = Tls(*authority.issue("gateway"), hosts=hosts(authority))
        async with running(OK, entrance=Entrance(tls)) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(hello)
            said = await reader.read()
            writer.close()
            return said, await shown(gateway.port, authority.trusting(), "api.example")

    said, common = asyncio.run(scenario())
    assert said[:1] in (b"", b"\x15")  # an alert, or nothing
    assert common == "one"
    assert capfd.readouterr().err == ""


def test_what_else_cannot_be_raised_is_still_told(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    for _ in range(2):
        Certificates(Tls(*authority.issue("gateway"), hosts=hosts(authority)), ())

    class Failing:
        def __del__(self) -> None:
            raise UnicodeDecodeError("ascii", b"x", 0, 1, "a test")

    Failing()
    assert [one.exc_type for one in told] == [UnicodeDecodeError]


def test_new_certificates_serve_new_connections_and_old_ones_go_on(authority: Authority) -> None:
    async def scenario() -> tuple[int, int, list[int]]:
        tls = Tls(*authority.issue("gateway"))
        async with running(OK, entrance=Entrance(tls)) as gateway:
            context = authority.trusting()
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port, ssl=context)
            before = _serial(writer)
            statuses = []
            for renewed in (False, True):
                if renewed:
                    authority.issue("gateway", days=60)
                    assert gateway.listening is not None
                    assert await gateway.listening.reload()
                writer.write(b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\n\r\n")
                statuses.append(int((await reader.readuntil(b"[]")).split()[1]))
            writer.close()
            _, other = await asyncio.open_connection("127.0.0.1", gateway.port, ssl=context)
            after = _serial(other)
            other.close()
            return before, after, statuses

    before, after, statuses = asyncio.run(scenario())
    assert before != after
    assert statuses == [200, 200]


def _serial(writer: asyncio.StreamWriter) -> int:
    return int(writer.get_extra_info("peercert")["serialNumber"], 16)


def test_files_that_change_are_read_again(authority: Authority) -> None:
    async def scenario() -> None:
        tls = Tls(*authority.issue("gateway"))
        async with running(OK, entrance=Entrance(tls)) as gateway:
            listening = gateway.listening
            assert listening is not None
            watching = asyncio.create_task(listening.watch(0.01))
            authority.issue("gateway", days=60)
            assert listening.certificates is not None
            await until(lambda: listening.certificates and listening.certificates.loads == 2)
            watching.cancel()

    asyncio.run(scenario())


def test_what_could_not_be_put_in_force_is_tried_again(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with running(OK, entrance=Entrance(Tls(*authority.issue("gateway")))) as gateway:
            listening = gateway.listening
            assert listening is not None
            assert listening.certificates is not None
            real = listening._accept

            async def full() -> asyncio.Server:
                raise OSError(24, "Too many open files")

            monkeypatch.setattr(listening, "_accept", full)
            authority.issue("gateway", days=60)
            assert not await listening.reload()
            assert "Too many open files" in listening.certificates.problem
            assert (await get(gateway.port, authority.trusting())).status_code == 200
            monkeypatch.setattr(listening, "_accept", real)
            watching = asyncio.create_task(listening.watch(0.01))
            await until(lambda: listening.certificates and not listening.certificates.problem)
            watching.cancel()

    asyncio.run(scenario())


def test_what_cannot_be_used_leaves_what_is_in_force(authority: Authority) -> None:
    certificate, key = authority.issue("gateway")
    held = Certificates(Tls(certificate, key), ("http/1.1",))
    context = held.context
    _, stranger = authority.issue("other")
    os.replace(stranger, key)
    assert held.changed()
    assert not held.load()
    assert held.context is context
    assert str(certificate) in held.problem
    assert not held.changed()  # it is told once, and not tried again before the files are others
    authority.issue("gateway", days=60)
    assert held.load()
    assert held.problem == ""
    assert 59 < held.days < 61


def test_one_host_is_renewed_while_another_cannot_be(authority: Authority) -> None:
    one, below = hosts(authority)
    held = Certificates(Tls(*authority.issue("gateway", days=90), hosts=(one, below)), ())
    assert 29 < held.days < 31  # the first that expires
    assert set(held.by_name) == {"api.example", "orders.example", "*.carrier.example"}
    authority.issue("one", hosts=["api.example"], days=60)  # one name is missing
    authority.issue("below", hosts=["*.carrier.example"], days=60)
    before = dict(held.by_name)
    assert held.changed()
    assert held.load()
    assert held.problem == f"{one.certificate}: it is not for orders.example"
    assert held.by_name["api.example"] == before["api.example"]
    assert held.by_name["*.carrier.example"] > before["*.carrier.example"]
    assert not held.changed()
    authority.issue("one", hosts=["api.example", "orders.example"], days=60)
    assert held.load()
    assert held.problem == ""
    assert 59 < held.days < 61


def test_what_clients_are_verified_by_changes_under_every_name_or_none(authority: Authority) -> None:
    """A certificate that cannot be renewed would otherwise go on with an older list of what was revoked."""
    one, below = hosts(authority)
    partner = authority.issue("carrier-x")
    tls = Tls(
        *authority.issue("gateway"),
        authorities=authority.path,
        revocations=authority.revoke(),
        hosts=(one, below),
    )
    held = Certificates(tls, ())
    context = held.context
    one.key.write_text("nothing")
    authority.revoke(partner[0])
    assert not held.load()
    assert held.context is context
    assert str(one.key) in held.problem
    authority.issue("one", hosts=["api.example", "orders.example"])
    assert held.load()
    assert held.context is not context


def test_nothing_begins_with_a_certificate_that_cannot_be_used(authority: Authority) -> None:
    one, _ = hosts(authority)
    one.key.unlink()
    with pytest.raises(Unusable, match=r"one\.key"):
        Certificates(Tls(*authority.issue("gateway"), hosts=(one,)), ())


def test_a_host_is_renewed_for_new_connections(authority: Authority) -> None:
    async def scenario() -> tuple[int, int]:
        tls = Tls(*authority.issue("gateway"), hosts=(Pair(*authority.issue("host"), names=("localhost",)),))
        async with running(OK, entrance=Entrance(tls), timeouts=Timeouts()) as gateway:
            serials = []
            for renewed in (False, True):
                if renewed:
                    authority.issue("host", days=60)
                    assert gateway.listening is not None
                    assert await gateway.listening.reload()
                _, writer = await asyncio.open_connection(
                    "127.0.0.1", gateway.port, ssl=authority.trusting(), server_hostname="localhost"
                )
                serials.append(_serial(writer))
                writer.close()
            return serials[0], serials[1]

    before, after = asyncio.run(scenario())
    assert before != after


async def get(port: int, context: ssl.SSLContext) -> httpx.Response:
    async with httpx.AsyncClient(verify=context) as client:
        return await client.get(f"https://127.0.0.1:{port}/erp/v1/orders")
