import ipaddress

import pytest

from gateway.callers.trust import ASYMMETRIC, Certificates, Introspection, Issuer, Signature, Trust


def test_no_algorithm_with_a_shared_secret_is_known() -> None:
    assert [name for name in ASYMMETRIC if name.startswith("HS") or name.lower() == "none"] == []
    assert set(Issuer("i", ("a",)).algorithms) <= set(ASYMMETRIC)


@pytest.mark.parametrize(
    ("peer", "trusted"),
    [("10.0.0.7", True), ("::ffff:10.0.0.7", True), ("11.0.0.7", False), ("2001:db8::1", True), ("x", False)],
)
def test_proxies(peer: str, trusted: bool) -> None:
    networks = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("2001:db8::/32"))
    assert Certificates(networks).trusts(peer) is trusted
    assert Certificates().trusts(peer) is False


def test_secrets_do_not_show() -> None:
    trust = Trust(
        introspection=Introspection("u", "c", "planted"),
        signatures={"s": Signature((b"planted",))},
        passwords={"u": "planted"},
    )
    assert "planted" not in repr(trust)
