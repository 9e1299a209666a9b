from __future__ import annotations

import yaml

from lading.demo import landscape, traffic
from specs import path


def test_what_is_published_says_the_same_of_itself() -> None:
    for published in (*landscape.HISTORY, landscape.PROPOSAL):
        info = yaml.safe_load(path(published.spec).read_text("utf-8"))["info"]
        assert str(info["version"]) == published.version
        assert info["x-owner"] == published.owner
        assert info["x-domain"] == published.contract.split("/")[0]


def test_everything_that_is_named_exists() -> None:
    contracts = {published.contract for published in landscape.HISTORY}
    for published in landscape.HISTORY:
        assert published.owner in landscape.TEAMS
        assert published.system in landscape.SYSTEMS
    for system in landscape.SYSTEMS.values():
        assert system.owner in landscape.TEAMS
    for application in landscape.APPLICATIONS.values():
        assert application.owner in landscape.TEAMS
        assert {contract for contract, _ in application.subscriptions} <= contracts
    for served in landscape.DEPLOYMENTS:
        assert served.contract in contracts
        assert served.upstream in landscape.UPSTREAMS


def test_every_call_of_the_traffic_is_of_an_application_that_may_make_it() -> None:
    for call in traffic.ROUND:
        (served,) = (s for s in landscape.DEPLOYMENTS if call.path.startswith(s.base_path + "/"))
        assert (served.contract, served.major) in landscape.APPLICATIONS[call.consumer].subscriptions
