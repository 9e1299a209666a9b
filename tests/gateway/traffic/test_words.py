import pytest

from gateway.traffic.words import template_of
from gateway.verdicts import Request


@pytest.mark.parametrize(
    ("path", "template"),
    [
        (b"/v2/orders/123/lines", "GET /v2/orders/{}/lines"),
        (b"/users/ada@example.org", "GET /users/{}"),
        (b"/reset/Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFy", "GET /reset/{}"),
        (b"/keys/lk_Ab3dEfGh_secret", "GET /keys/{}"),
        (b"/a%20b/", "GET /{}/"),
        (b"/a/../b", "GET (a malformed path)"),
    ],
)
def test_only_words_are_kept(path: bytes, template: str) -> None:
    assert template_of(Request("GET", path)) == template
