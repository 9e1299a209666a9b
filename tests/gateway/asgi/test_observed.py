import logging

import pytest

from gateway.asgi.observed import log, observed
from gateway.verdicts import Decision, Fault, Refusal, Verdict

FAULT = Fault("body", "/sku", "is missing", "required")
REFUSAL = Refusal(401, "no-credentials", "Credentials are needed")


@pytest.mark.parametrize(
    ("decision", "verdict", "refusal", "failed", "outcome"),
    [
        (Decision(), None, None, False, "ok"),
        (Decision(unvalidated=("off",)), None, None, False, "unvalidated"),
        (Decision(faults=(FAULT,)), None, None, False, "violation"),
        (Decision(), Verdict(faults=(FAULT,)), None, False, "violation"),
        (Decision(), Verdict(unvalidated=("off",)), None, False, "unvalidated"),
        (Decision(), None, REFUSAL, False, "refused"),
        (Decision(), None, None, True, "failed"),
    ],
)
def test_the_outcome_names_the_worst(
    decision: Decision, verdict: Verdict | None, refusal: Refusal | None, failed: bool, outcome: str
) -> None:
    assert observed(decision, 200, verdict, refusal, failed=failed).outcome == outcome


def test_violations_are_logged_and_the_rest_is_not(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="lading.gateway"):
        log(observed(Decision(), 200, None, None))
        log(observed(Decision(faults=(FAULT,)), 422, None, None))
        log(observed(Decision(), 401, None, REFUSAL))
    assert [record.getMessage() for record in caplog.records] == [
        "no operation 422 violation: body /sku: is missing",
        "no operation 401 refused: Credentials are needed",
    ]
