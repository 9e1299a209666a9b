import hashlib
import ipaddress

from gateway.callers.kinds import mutual_tls
from gateway.callers.outcomes import Denied, Outcome, Proved
from gateway.callers.trust import Certificates, Trust
from tests.gateway.callers.people import ACME, call, known, scheme

SHA = hashlib.sha256(b"der").hexdigest()
PROXY = Certificates((ipaddress.ip_network("192.0.2.1"),), "x-forwarded-client-cert")


def outcome(known_as: str, value: bytes | None, peer: str = "192.0.2.1") -> Outcome:
    trust = Trust(certificates=PROXY, certificates_of={known_as: "acme-wms"})
    headers = [(b"x-forwarded-client-cert", value)] if value is not None else []
    return mutual_tls.check(scheme("mutualTLS"), (), call(headers, known(trust), peer=peer))


def test_by_thumbprint_or_by_name() -> None:
    value = f"Hash={SHA};URI=spiffe://acme/wms".encode()
    for known_as in (SHA, "spiffe://acme/wms"):
        found = outcome(known_as, value)
        assert isinstance(found, Proved)
        assert found.consumer is ACME


def test_what_is_no_known_certificate() -> None:
    for value, peer, code in (
        (None, "192.0.2.1", "no-certificate"),
        (f"Hash={SHA}".encode(), "192.0.2.9", "no-certificate"),
        (f"Hash={'0' * 64}".encode(), "192.0.2.1", "unknown-certificate"),
        (b"nonsense", "192.0.2.1", "unknown-certificate"),
    ):
        found = outcome(SHA, value, peer)
        assert isinstance(found, Denied)
        assert found.code == code
