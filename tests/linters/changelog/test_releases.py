from __future__ import annotations

from linters.changelog import Version, changelog
from linters.changelog.releases import WHOLE
from tests.linters.diff.building import api, http

from .building import OPEN, STRICT, orders, version


def test_the_newest_comes_first_and_each_follows_the_last_that_could_be_read() -> None:
    told = orders()
    assert [(one.name, one.previous) for one in told.releases] == [
        ("2.0.1", "2.0.0"),
        ("abc123", "2.0.0"),
        ("2.0.0", "1.0.0"),
        ("1.0.0", ""),
    ]
    verdicts = [one.comparison.verdict if one.comparison else None for one in told.releases]
    assert verdicts == ["unchanged", None, "breaking", None]
    assert told.releases[1].problem == "orders.yaml:3: it ends early."


def test_what_breaks_comes_first_and_the_whole_contract_before_its_operations() -> None:
    paths = {name: {"get": {"responses": {"200": {"description": "OK"}}}} for name in ("/a", "/b", "/c")}
    before = http(paths={**paths, "/d": paths["/a"]}, servers=[{"url": "https://a.example"}])
    after = http(
        paths={**paths, "/c": {**paths["/c"], "post": paths["/c"]["get"]}},
        servers=[{"url": "https://b.example"}],
    )
    (release, _) = changelog("Orders", [Version("1", api=before), Version("2", api=after)]).releases
    names = [group.name for group in release.groups]
    assert names[0] == "GET /d"
    assert names.index(WHOLE) < names.index("POST /c")
    assert all(
        group.gravity <= later.gravity
        for group, later in zip(release.groups, release.groups[1:], strict=False)
    )


def test_versions_of_different_kinds_are_not_compared_in_silence() -> None:
    events = api({"asyncapi": "3.0.0", "info": {"title": "E", "version": "2.0.0"}, "channels": {}})
    (release, _) = changelog("Orders", [version("1.0.0", OPEN), Version("2.0.0", api=events)]).releases
    assert release.comparison is None
    assert "asyncapi" in release.problem


def test_as_json() -> None:
    told = changelog("Orders", [version("1.0.0", OPEN), version("2.0.0", STRICT)], cut=True).as_dict()
    newest, first = told["releases"]
    assert (told["cut"], newest["date"], newest["previous"]) == (True, "2026-01-01", "1.0.0")
    assert newest["groups"][0]["name"] == "POST /orders"
    assert newest["groups"][0]["changes"][0]["verdict"] == "breaking"
    assert (first["verdict"], first["groups"]) == (None, [])
