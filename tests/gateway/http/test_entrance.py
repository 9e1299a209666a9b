from gateway.http.entrance import PLAIN_ENTRANCE, Entrance, Http2


def test_http_2_is_preferred_where_it_is_offered() -> None:
    assert Entrance().protocols == ("h2", "http/1.1")
    assert Entrance(http2=Http2(offered=False)).protocols == ("http/1.1",)


def test_nothing_is_open_unless_it_is_said() -> None:
    assert PLAIN_ENTRANCE.tls is None
    assert not PLAIN_ENTRANCE.http2.cleartext
    assert PLAIN_ENTRANCE.proxies.networks == ()
