from datetime import UTC, datetime

import pytest

from gateway.lifecycle import ended, headers_of, parse_time
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
