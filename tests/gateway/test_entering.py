import tomllib
from pathlib import Path

import pytest

from gateway.configuration import configured
from gateway.http.entrance import PLAIN_ENTRANCE, Entrance, Http2, WebSockets
from gateway.http.tls import Pair
from gateway.malformed import Malformed
from tests.gateway.papers import Authority


def read(text: str, **environment: str) -> Entrance:
    return configured(tomllib.loads(text), environment).entrance


def test_nothing_said_is_plain_http_1_1_that_trusts_nobody() -> None:
    assert read("") == PLAIN_ENTRANCE


def test_all_of_it(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    certificate, key = authority.issue("gateway", password=b"open")
    found = read(
        f"""
request_trailers = "refuse"
half_closed = "end"
[tls]
certificate = "{certificate}"
key = "{key}"
password_env = "KEY"
minimum = "1.3"
client_authorities = "{authority.path}"
client = "required"
forward_certificate = true
[http2]
cleartext = true
streams = 10
websockets = true
[proxies]
trusted = ["10.0.0.0/8", "2001:db8::1"]
field = "forwarded"
[proxy_protocol]
trusted = ["10.0.0.0/28", "10.1.0.1"]
[websockets]
most = 5
idle = 10
longest = 60
""",
        KEY="open",
    )
    assert found.tls is not None
    assert (found.tls.minimum, found.tls.required, found.tls.forward) == ("1.3", True, True)
    assert found.tls.authorities == authority.path
    assert found.http2 == Http2(cleartext=True, streams=10, websockets=True)
    assert [str(network) for network in found.proxies.networks] == ["10.0.0.0/8", "2001:db8::1/128"]
    assert found.proxies.field == "forwarded"
    assert [str(network) for network in found.proxy_protocol] == ["10.0.0.0/28", "10.1.0.1/32"]
    assert found.websockets == WebSockets(5, 10, 60)
    assert found.trailers == "refuse"
    assert found.half_closed == "end"


def test_certificates_by_host_name(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    certificate, key = authority.issue("gateway")
    other = authority.issue("other", hosts=["api.example", "*.carrier.example"], password=b"open")
    text = f"""
[tls]
certificate = "{certificate}"
key = "{key}"
[[tls.hosts]]
names = ["API.example", "*.carrier.example"]
certificate = "{other[0]}"
key = "{other[1]}"
password_env = "KEY"
"""
    found = read(text, KEY="open").tls
    assert found is not None
    assert found.hosts == (Pair(*other, "open", ("api.example", "*.carrier.example")),)
    for wrong, told in {
        text.replace("API.example", "other.example"): r"other\.crt: it is not for other\.example",
        text.replace("API.example", "*.*.example"): r"tls\.hosts\.0\.names\.0",
        text + text[text.index("[[tls") :]: r"tls\.hosts: there are two certificates for api\.example",
    }.items():
        with pytest.raises(Malformed, match=told):
            read(wrong, KEY="open")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[tls]\ncertificate = "a"', "tls"),
        ('[tls]\ncertificate = "a"\nkey = "b"\nminimum = "1.1"', "tls.minimum"),
        ('[tls]\ncertificate = "a"\nkey = "b"\nclient = "required"', "tls"),
        ('[tls]\ncertificate = "/nowhere.pem"\nkey = "b"', "/nowhere.pem"),
        ('[tls]\ncertificate = "a"\nkey = "b"\npassword_env = "NOT_THERE"', "NOT_THERE"),
        ('[proxies]\ntrusted = ["everyone"]', "proxies.trusted"),
        ('[tls]\ncertificate = "a"\nkey = "b"\nclient_revocations = "c"', "tls"),
        ("[proxies]\ntrusted = []", "proxies.trusted"),
        ('[proxy_protocol]\ntrusted = ["10.0.0.1/8"]', "proxy_protocol.trusted"),
        ("[proxy_protocol]", "proxy_protocol"),
        ("[http2]\nstreams = 0", "http2.streams"),
        ('request_trailers = "pass"', "request_trailers"),
        ('half_closed = "wait"', "half_closed"),
        ("[websockets]\nidle = 0", "websockets.idle"),
    ],
)
def test_what_cannot_be_followed_is_told(text: str, place: str) -> None:
    with pytest.raises(Malformed, match=place):
        read(text)
