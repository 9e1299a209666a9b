from typing import Any

from gateway.callers.kinds import open_id_connect
from gateway.callers.outcomes import Denied, Outcome, Proved
from gateway.callers.trust import Issuer, Trust
from tests.gateway.callers import people
from tests.gateway.callers.people import ISSUER, call, known, rsa, scheme, token

WELL_KNOWN = "/.well-known/openid-configuration"


def outcome(url: str, *schemes: str, scopes: tuple[str, ...] = ()) -> Outcome:
    trust = Trust(issuers={ISSUER: Issuer(ISSUER, ("orders",), schemes=schemes)})
    held: Any = call(people.bearer(token()), known(trust, rsa()))
    return open_id_connect.check(scheme("openIdConnect", openid_connect_url=url), scopes, held)


def test_the_issuer_is_the_one_that_the_scheme_names() -> None:
    assert isinstance(outcome(ISSUER + WELL_KNOWN, scopes=("read",)), Proved)
    assert isinstance(outcome(ISSUER + WELL_KNOWN, scopes=("admin",)), Denied)
    refused = outcome("https://elsewhere.example" + WELL_KNOWN)
    assert isinstance(refused, Denied)
    assert (refused.status, refused.code) == (503, "scheme-not-evaluated")


def test_the_operator_may_say_whose_scheme_it_is() -> None:
    assert isinstance(outcome("https://placeholder.example" + WELL_KNOWN, "it"), Proved)
    assert isinstance(outcome(ISSUER + WELL_KNOWN, "another"), Denied)
