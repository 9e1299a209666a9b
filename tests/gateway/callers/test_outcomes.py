from gateway.callers.certificates import Certificate

from .people import ACME, call


def test_a_call_knows_consumers_by_id_and_by_name() -> None:
    held = call()
    assert held.consumer("c1") is held.consumer("acme-wms") is ACME
    assert held.consumer("nobody") is None
    assert held.consumer(None) is None
    assert held.certificate is None


def test_the_certificate_of_the_connection() -> None:
    held = call()
    held.request.certificate = b"der"
    assert isinstance(held.certificate, Certificate)
