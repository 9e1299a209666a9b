from gateway.upstreams.policy import NO_RETRIES, PLAIN, UNWELL, USUAL, WHERE_OTHERS_ARE, Policy


def test_equal_policies_are_one_key() -> None:
    """Pools survive a swap because their policy, read anew, is the same."""
    assert {Policy(): 1}[PLAIN] == 1
    assert Policy(connect_timeout=1.0) != PLAIN


def test_nothing_that_changes_a_verdict_is_on_without_being_asked_for() -> None:
    assert (PLAIN.breaking, PLAIN.checks, PLAIN.retries, PLAIN.in_flight) == (None, None, None, None)
    assert (USUAL.timeout, USUAL.attempts, USUAL.keys) == (None, None, "off")
    assert NO_RETRIES.attempts == 0
    assert not WHERE_OTHERS_ARE.idempotency_key
    assert 500 not in UNWELL
