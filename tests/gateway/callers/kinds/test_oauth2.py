from gateway.callers.kinds import oauth2
from gateway.callers.outcomes import Denied, Proved
from gateway.callers.trust import Issuer, Trust
from tests.gateway.callers import people
from tests.gateway.callers.people import ISSUER, call, known, rsa, scheme, token


def test_scopes_are_those_that_the_operation_asks_for() -> None:
    held = call(people.bearer(token(scope="read")))
    assert isinstance(oauth2.check(scheme("oauth2"), ("read",), held), Proved)
    assert isinstance(oauth2.check(scheme("oauth2"), ("read", "write"), held), Denied)


def test_an_issuer_may_be_for_some_schemes_only() -> None:
    trust = Trust(issuers={ISSUER: Issuer(ISSUER, ("orders",), schemes=("partners",))})
    held = call(people.bearer(token()), known(trust, rsa()))
    assert isinstance(oauth2.check(scheme("oauth2", "partners"), (), held), Proved)
    refused = oauth2.check(scheme("oauth2", "staff"), (), held)
    assert isinstance(refused, Denied)
    assert refused.code == "scheme-not-evaluated"


def test_a_key_of_the_registry_is_no_token() -> None:
    held = call(people.bearer("lk_k1a2b3c4_" + "s" * 43))
    assert isinstance(oauth2.check(scheme("oauth2"), (), held), Denied)
