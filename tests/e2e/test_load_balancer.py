"""A real load balancer that passes bytes on and says by the PROXY protocol whose they are."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import ssl
from pathlib import Path

import httpx
import pytest

from gateway.http.entrance import Entrance
from gateway.http.tls import Tls
from tests.gateway.envoy.world import free, started
from tests.gateway.papers import Authority
from tests.gateway.world import answering, running

CALLER = "127.0.0.2"
"""All of 127/8 is this machine: the caller has another address than the load balancer."""


def configuration(port: int, gateway: int, version: str) -> str:
    extensions = "type.googleapis.com/envoy.extensions"
    return json.dumps(
        {
            "static_resources": {
                "listeners": [
                    {
                        "address": _address(port),
                        "filter_chains": [
                            {
                                "filters": [
                                    {
                                        "name": "envoy.filters.network.tcp_proxy",
                                        "typed_config": {
                                            "@type": f"{extensions}.filters.network.tcp_proxy.v3.TcpProxy",
                                            "stat_prefix": "all",
                                            "cluster": "gateway",
                                        },
                                    }
                                ]
                            }
                        ],
                    }
                ],
                "clusters": [
                    {
                        "name": "gateway",
                        "type": "STATIC",
                        "connect_timeout": "1s",
                        "load_assignment": {
                            "cluster_name": "gateway",
                            "endpoints": [{"lb_endpoints": [{"endpoint": {"address": _address(gateway)}}]}],
                        },
                        "transport_socket": {
                            "name": "envoy.transport_sockets.upstream_proxy_protocol",
                            "typed_config": {
                                "@type": f"{extensions}.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport",
                                "config": {"version": version},
                                "transport_socket": {
                                    "name": "envoy.transport_sockets.raw_buffer",
                                    "typed_config": {
                                        "@type": f"{extensions}.transport_sockets.raw_buffer.v3.RawBuffer"
                                    },
                                },
                            },
                        },
                    }
                ],
            }
        }
    )


def _address(port: int) -> dict[str, object]:
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}


@pytest.mark.parametrize("version", ["V1", "V2"])
@pytest.mark.parametrize("secured", [False, True])
def test_callers_are_known_behind_it(tmp_path: Path, version: str, secured: bool) -> None:
    authority = Authority(tmp_path)
    tls = Tls(*authority.issue("gateway")) if secured else None
    entrance = Entrance(tls, proxy_protocol=(ipaddress.ip_network("127.0.0.1"),))

    def call(port: int, context: ssl.SSLContext) -> list[str]:
        transport = httpx.HTTPTransport(verify=context, local_address=CALLER, http2=secured)
        with httpx.Client(transport=transport) as client:
            url = f"{'https' if secured else 'http'}://127.0.0.1:{port}/erp/v1/orders"
            answers = [client.get(url) for _ in range(3)]
            return [f"{answer.status_code} {answer.http_version}" for answer in answers]

    async def scenario() -> tuple[list[str], list[bytes], int]:
        async with running(answering(200, b"[]"), entrance=entrance) as gateway:
            port = free()
            path = tmp_path / "envoy.json"
            path.write_text(configuration(port, gateway.port, version))

            def all_of_it() -> list[str]:
                with started(path, port, http=False):
                    return call(port, authority.trusting())

            told = await asyncio.to_thread(all_of_it)
            return told, gateway.seen.heads, gateway.runtime.bad_requests.get("proxy-protocol", 0)

    told, heads, refused = asyncio.run(scenario())
    assert told == ["200 HTTP/2" if secured else "200 HTTP/1.1"] * 3
    assert len(heads) == 3
    assert all(f"x-forwarded-for: {CALLER}\r\n".encode() in head for head in heads)
    assert refused <= 1  # whoever looked whether Envoy listens went away at once
