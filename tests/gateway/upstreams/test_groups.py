from dataclasses import replace

from gateway.upstreams.groups import Groups
from gateway.upstreams.policy import Policy
from tests.gateway.world import orders

(CONTRACT,) = orders().contracts
A, B, C = "http://a:1", "http://b:2", "http://c:3"


def test_contracts_with_the_same_addresses_share_them() -> None:
    groups = Groups()
    one, two = replace(CONTRACT, upstreams=(A, B)), replace(CONTRACT, upstreams=(A, B))
    other = replace(CONTRACT, upstreams=(A,))
    groups.swap([one, two, other])
    first, second, third = groups.of(one), groups.of(two), groups.of(other)
    assert first is not None
    assert third is not None
    assert first is second
    assert third.endpoints[0] is first.endpoints[0]
    assert len(groups.endpoints) == 2


def test_a_policy_of_its_own_is_a_pool_of_its_own() -> None:
    groups = Groups()
    one = replace(CONTRACT, upstreams=(A,))
    two = replace(CONTRACT, upstreams=(A,), policy=Policy(connect_timeout=1.0))
    groups.swap([one, two])
    assert len(groups.endpoints) == 2


def test_no_upstreams_no_group() -> None:
    groups = Groups()
    nowhere = replace(CONTRACT, upstreams=())
    groups.swap([nowhere])
    assert groups.of(nowhere) is None


def test_what_does_not_change_survives_a_swap_and_what_is_gone_is_closed() -> None:
    groups = Groups()
    before = replace(CONTRACT, upstreams=(A, B))
    groups.swap([before])
    old = groups.of(before)
    assert old is not None
    unchanged = replace(CONTRACT, upstreams=(A, B))
    groups.swap([unchanged])
    assert groups.of(unchanged) is old
    grown = replace(CONTRACT, upstreams=(B, C))
    groups.swap([grown])
    new = groups.of(grown)
    assert new is not None
    assert new.endpoints[0] is old.endpoints[1]
    assert [held.pool.kept for held in old.endpoints] == [False, True]


def test_a_call_that_was_judged_before_a_swap_still_goes_where_its_contract_said() -> None:
    groups = Groups()
    before = replace(CONTRACT, upstreams=(A, B))
    groups.swap([before])
    groups.swap([replace(CONTRACT, upstreams=(B,))])
    left = groups.of(before)
    assert left is not None
    assert [held.address for held in left.endpoints] == [A, B]
    assert [held.pool.kept for held in left.endpoints] == [False, True]
    assert len(groups.endpoints) == 1


def test_all_is_told_of_what_is_not_well() -> None:
    groups = Groups()
    several = replace(CONTRACT, upstreams=(A, B))
    groups.swap([several])
    assert groups.told(0.0) == {}
    group = groups.of(several)
    assert group is not None
    for _ in range(5):
        group.failed(group.endpoints[0], 0.0)
    assert groups.told(0.0) == {f"{A},{B}": {A: "ejected"}}
