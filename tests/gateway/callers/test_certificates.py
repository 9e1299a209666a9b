from __future__ import annotations

import base64
import hashlib
import ipaddress
import ssl
from pathlib import Path

import pytest

from gateway.callers.certificates import Certificate, presented
from gateway.callers.trust import Certificates
from gateway.verdicts import Request
from tests.gateway.papers import Authority

DER = b"not really a certificate"
SHA = hashlib.sha256(DER).digest()
CLIENT = Certificates((ipaddress.ip_network("10.0.0.0/8"),))
ENVOY = Certificates((ipaddress.ip_network("10.0.0.0/8"),), "x-forwarded-client-cert")


def of(how: Certificates, *values: bytes, peer: str = "10.1.2.3") -> Certificate | str | None:
    return presented(Request("GET", b"/", headers=[(how.header.encode(), v) for v in values], peer=peer), how)


def test_the_connection_s_own_certificate_comes_first() -> None:
    request = Request("GET", b"/", headers=[(b"client-cert", b":eA==:")], peer="10.0.0.1", certificate=DER)
    assert presented(request, CLIENT) == Certificate(SHA)


def test_client_cert() -> None:
    value = b":" + base64.b64encode(DER) + b":"
    assert of(CLIENT, value) == Certificate(SHA)
    assert of(CLIENT, value, peer="::ffff:10.0.0.1") == Certificate(SHA)
    assert of(CLIENT) is None


@pytest.mark.parametrize("peer", ["192.0.2.1", "", "unix", "::1"])
def test_only_trusted_proxies_are_believed(peer: str) -> None:
    assert of(CLIENT, b":" + base64.b64encode(DER) + b":", peer=peer) is None


@pytest.mark.parametrize(
    "value", [b"", b"::", b"abc", b":a:", b":eA==:, :eA==:", b":" + b"A" * 20_000 + b":"]
)
def test_a_client_cert_that_cannot_be_read(value: bytes) -> None:
    assert isinstance(of(CLIENT, value), str)


def test_two_fields_are_not_chosen_from() -> None:
    assert "several" in str(of(CLIENT, b":eA==:", b":eA==:"))


def test_envoy_s_field() -> None:
    text = f'By=spiffe://a;Hash={SHA.hex()};Subject="CN=x, O=\\"y\\"";URI=spiffe://acme/wms;DNS=a.example'
    found = of(ENVOY, text.encode())
    assert found == Certificate(SHA, ("spiffe://acme/wms", "a.example", 'CN=x, O="y"'))


@pytest.mark.parametrize(
    "text",
    [
        "Hash=abc",
        "URI=spiffe://acme/wms",
        f"Hash={SHA.hex()},Hash={SHA.hex()}",
        f"Hash={SHA.hex()};Hash={'0' * 64}",
        f"Hash={SHA.hex()};Cert=%2D%2D",
        'Subject="open',
        "nonsense",
    ],
)
def test_an_envoy_field_that_cannot_be_read(text: str) -> None:
    assert isinstance(of(ENVOY, text.encode()), str)


def test_a_forwarded_pem_is_its_der() -> None:
    from urllib.parse import quote

    body = base64.b64encode(DER).decode()
    pem = f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"
    assert of(ENVOY, f'Cert="{quote(pem)}"'.encode()) == Certificate(SHA)


def test_a_certificate_of_the_connection_is_known_by_its_names(tmp_path: Path) -> None:
    certificate, _ = Authority(tmp_path).issue("carrier-x", uri="spiffe://carrier-x/tms")
    der = ssl.PEM_cert_to_DER_cert(certificate.read_text())
    found = presented(Request("GET", b"/", certificate=der), Certificates())
    assert isinstance(found, Certificate)
    assert found.thumbprint == hashlib.sha256(der).digest()
    assert found.names == ("CN=carrier-x", "spiffe://carrier-x/tms", "localhost")
