from dataclasses import replace

from gateway.envoy.clusters import cluster_of, clusters
from gateway.upstreams.policy import Policy
from tests.gateway.world import orders

(PLAIN,) = orders().contracts


def test_the_same_upstreams_are_one_cluster() -> None:
    other = replace(PLAIN, name="other")
    (held,) = clusters([PLAIN, other], 1000)
    assert held["name"] == cluster_of(PLAIN) == cluster_of(other)
    assert held["per_connection_buffer_limit_bytes"] == 1000


def test_every_address_is_an_endpoint() -> None:
    (held,) = clusters([replace(PLAIN, upstreams=("http://a.example", "http://b.example:81"))], 1)
    endpoints = held["load_assignment"]["endpoints"][0]["lb_endpoints"]
    found = [one["endpoint"]["address"]["socket_address"] for one in endpoints]
    assert found == [{"address": "a.example", "port_value": 80}, {"address": "b.example", "port_value": 81}]
    assert "transport_socket" not in held


def test_https_is_verified_by_name() -> None:
    (held,) = clusters([replace(PLAIN, upstreams=("https://a.example",))], 1)
    context = held["transport_socket"]["typed_config"]
    assert context["sni"] == "a.example"
    validation = context["common_tls_context"]["validation_context"]
    assert validation["match_typed_subject_alt_names"][0]["matcher"] == {"exact": "a.example"}


def test_without_upstreams_there_is_none() -> None:
    assert cluster_of(replace(PLAIN, upstreams=())) == ""
    assert clusters([replace(PLAIN, upstreams=())], 1) == []


def test_the_first_contract_says_how_upstreams_are_treated() -> None:
    first = replace(PLAIN, policy=Policy(connect_timeout=1.5))
    (held,) = clusters([first, PLAIN], 1)
    assert held["connect_timeout"] == "1.5s"
