import pytest

from gateway.snapshot.contract import Contract, Plan, quoted


@pytest.mark.parametrize(
    ("version", "major"), [("1.2.3", 1), ("v12.0", 12), ("2026-01-31", 2026), ("beta", 0)]
)
def test_the_major_version(version: str, major: int) -> None:
    assert Contract("erp/orders", version, ("",)).major == major


def test_a_plan_knows_its_rate_and_its_policy() -> None:
    plan = Plan("standard", 600, 60, 100)
    assert (plan.interval, plan.depth) == (0.1, 10.0)
    assert plan.policy == b'"standard";q=600;w=60'


def test_strings_of_structured_fields() -> None:
    assert quoted('a"b\\c\n\u00e9') == 'a\\"b\\\\c??'
