from datetime import UTC, datetime

import pytest

from gateway.lifecycle import brownouts_of, ended, headers_of, parse_time
from gateway.snapshot.contract import Lifecycle

DEPRECATED = datetime(2026, 1, 31, 12, tzinfo=UTC)
SUNSET = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_the_fields_of_a_deprecated_version() -> None:
    lifecycle = Lifecycle(
        "deprecated", DEPRECATED, SUNSET, "erp/orders@2.0.0", "https://desk.example/erp/orders"
    )
    assert headers_of(lifecycle) == (
        (b"deprecation", b"@1769860800"),
        (b"sunset", b"Thu, 31 Dec 2026 23:59:59 GMT"),
        (b"link", b'<https://desk.example/erp/orders>; rel="successor-version"'),
    )


def test_nothing_is_said_of_a_version_in_force() -> None:
    assert headers_of(Lifecycle()) == ()


def test_a_version_ends_at_its_sunset_or_when_it_is_retired() -> None:
    at = SUNSET.timestamp()
    assert not ended(Lifecycle("deprecated", DEPRECATED, SUNSET), at - 1)
    assert ended(Lifecycle("deprecated", DEPRECATED, SUNSET), at)
    assert ended(Lifecycle("retired"), 0)


def test_times_are_utc_where_they_name_no_zone() -> None:
    assert parse_time("2026-01-31T12:00:00Z") == DEPRECATED == parse_time("2026-01-31T12:00:00")
    assert parse_time(None) is None
    with pytest.raises(ValueError):
        parse_time("soon")


def test_a_timetable_is_in_its_order() -> None:
    found = brownouts_of(
        [
            {"starts_at": "2027-01-02T00:00:00Z", "ends_at": "2027-01-02T01:00:00Z", "status": 410},
            {"starts_at": "2027-01-01T00:00:00Z", "ends_at": "2027-01-01T01:00:00Z"},
        ]
    )
    assert [(one.ends - one.starts, one.status) for one in found] == [(3600.0, 503), (3600.0, 410)]
    assert found[0].starts == datetime(2027, 1, 1, tzinfo=UTC).timestamp()
