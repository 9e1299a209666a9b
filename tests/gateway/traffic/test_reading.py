import io

import pytest

from gateway.traffic.reading import read_recording
from gateway.traffic.recorded import Recorded, Unread

from .world import archive, entry, log


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "with a byte order mark"])
@pytest.mark.parametrize("spread", [False, True])
def test_the_kind_is_told_by_how_it_begins(mark: bytes, spread: bool) -> None:
    raw = archive(entry("GET", "https://a.example/b")).getvalue()
    if spread:
        raw = b"\n " + raw.replace(b"{", b"{\n", 2)
    (found,) = read_recording(io.BytesIO(mark + raw))
    assert isinstance(found, Recorded)
    assert found.where == "entry 1"
    (found,) = read_recording(io.BytesIO(mark + log({"method": "GET", "path": "/"}).getvalue()))
    assert isinstance(found, Recorded)
    assert found.where == "line 1"


def test_nothing_gives_nothing() -> None:
    assert list(read_recording(io.BytesIO(b""))) == []
    assert isinstance(next(read_recording(io.BytesIO(b"GIF89a"))), Unread)
