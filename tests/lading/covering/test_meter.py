from __future__ import annotations

import pytest

from lading.covering.grammar import Use
from lading.covering.meter import SILENT, judged, place_of
from lading.covering.samples import sample


def test_whom_a_change_breaks() -> None:
    base = sample("openapi 2.0")
    assert judged(base, base) == (SILENT, ())
    without = {**base, "paths": {}}
    assert judged(base, without)[0] == "breaks consumers"
    assert judged(without, base)[0] == "breaks providers"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("info", "title"), ""),
        (("paths", "/a", "get", "parameters", 0, "name"), "request"),
        (("paths", "/a", "get", "responses", "200", "description"), "response"),
        (("paths", "/a", "get", "callbacks", "b", "c", "post", "requestBody", "content"), "callback request"),
        (("webhooks", "a", "post", "deprecated"), "webhook"),
    ],
)
def test_places(path: tuple[str | int, ...], place: str) -> None:
    assert place_of(Use("It", "field", path, "string", False)) == place
