import asyncio

import httpx
import pytest

from gateway.http2.frames import LARGEST, PREFACE, Allowance, Broken, Error, Frames, ends_stream, stream_of

from .speaking import GET, OK, Client, frame, speaking


def fed(frames: Frames, data: bytes, now: float = 0.0) -> list[int]:
    return [int(kind) for kind, _ in frames.split(data, now)]


def begun(headers: int = 65_536) -> Frames:
    frames = Frames(headers, 0.0)
    assert fed(frames, PREFACE) == [-1]
    return frames


def test_frames_come_out_whole_however_they_came_in() -> None:
    raw = (
        PREFACE + frame(4) + frame(1, b"x" * 10, flags=5, stream=1) + frame(0, b"y" * 300, flags=1, stream=1)
    )
    for size in (1, 7, 24, 1000):
        frames, found = Frames(65_536, 0.0), []
        for start in range(0, len(raw), size):
            found += list(frames.split(raw[start : start + size], 0.0))
        assert b"".join(held for _, held in found) == raw
        assert [int(kind) for kind, _ in found] == [-1, 4, 1, 0]
        assert not frames.incomplete


def test_what_does_not_begin_with_the_preface_is_no_http_2() -> None:
    with pytest.raises(Broken) as broken:
        fed(Frames(65_536, 0.0), b"GET / HTTP/1.1\r\n\r\n")
    assert broken.value.code == Error.PROTOCOL_ERROR


def test_what_has_begun_is_known_to_be_incomplete() -> None:
    frames = begun()
    assert not frames.incomplete
    fed(frames, frame(1, b"x", flags=0, stream=1))
    assert frames.incomplete
    assert frames.in_head
    fed(frames, frame(9, b"x", flags=4, stream=1))
    assert not frames.incomplete
    fed(frames, frame(0, b"x" * 9, stream=1)[:-1])
    assert frames.incomplete
    assert not frames.in_head


@pytest.mark.parametrize(
    ("one", "most", "reason"),
    [
        (frame(6, b"12345678"), 500, "http2-control-frames"),
        (frame(4), 500, "http2-control-frames"),
        (frame(2, b"\0\0\0\0\x10", stream=3), 500, "http2-control-frames"),
        (frame(0xFA), 500, "http2-control-frames"),
        (frame(0, b"", stream=1), 500, "http2-empty-frames"),
        (frame(0, b"\0", flags=8, stream=1), 500, "http2-empty-frames"),
        (frame(3, b"\0\0\0\x08", stream=1), 200, "http2-resets"),
        (frame(8, b"\0\0\0\x01"), 2000, "http2-window-updates"),
    ],
)
def test_a_flood_ends_at_the_frame_that_is_too_many(one: bytes, most: int, reason: str) -> None:
    frames = begun()
    assert len(fed(frames, one * most)) == most
    with pytest.raises(Broken) as broken:
        fed(frames, one)
    assert (broken.value.code, broken.value.reason) == (Error.ENHANCE_YOUR_CALM, reason)
    calm = begun()
    for second in range(20):  # as many, but over time
        fed(calm, one * (most // 10), float(second))


def test_a_header_block_is_bounded_in_bytes_and_in_pieces() -> None:
    frames = begun(headers=1000)
    fed(frames, frame(1, b"x" * 600, stream=1))
    with pytest.raises(Broken) as broken:
        fed(frames, frame(9, b"x" * 600, stream=1))
    assert broken.value.reason == "http2-header-block"
    frames = begun()
    with pytest.raises(Broken) as broken:
        fed(frames, frame(1, stream=1) + frame(9, stream=1) * 501)
    assert broken.value.reason == "http2-continuations"


def test_nothing_comes_between_the_pieces_of_a_header_block() -> None:
    frames = begun()
    with pytest.raises(Broken) as broken:
        fed(frames, frame(1, b"x", stream=1) + frame(6, b"12345678"))
    assert broken.value.code == Error.PROTOCOL_ERROR


def test_a_frame_is_not_larger_than_was_agreed() -> None:
    with pytest.raises(Broken) as broken:
        fed(begun(), frame(0, b"x" * (LARGEST + 1), stream=1)[:9])
    assert broken.value.code == Error.FRAME_SIZE_ERROR


def test_an_allowance_comes_back_with_time_and_can_be_earned() -> None:
    allowance = Allowance(2, 1, 0.0)
    assert [allowance.take(0.0) for _ in range(3)] == [True, True, False]
    assert allowance.take(3.0)
    allowance.grant(5)
    assert [allowance.take(3.0) for _ in range(3)] == [True, True, False]


def test_what_a_frame_says_of_its_stream() -> None:
    head = frame(1, b"x", flags=5, stream=2**31 + 7)  # the first bit is reserved
    assert stream_of(head) == 7
    assert ends_stream(head)
    assert not ends_stream(frame(1, b"x", flags=4, stream=7))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (frame(6, b"12345678") * 600, "http2-control-frames"),
        (frame(4) * 600, "http2-control-frames"),
        (frame(3, b"\0\0\0\x08", stream=1) * 300, "http2-protocol"),  # of a stream that never was
        (frame(8, b"\0\0\0\x01") * 2100, "http2-window-updates"),
        (frame(1, b"x", stream=1) + frame(9, b"", stream=1) * 600, "http2-protocol"),
        (frame(1, b"x" * 16_000, stream=1) + frame(9, b"x" * 16_000, stream=1) * 9, "http2-header-block"),
        (frame(1, b"\xff" * 20, flags=5, stream=1), "http2-protocol"),
        (frame(0, b"x", flags=1, stream=1), "http2-protocol"),
        (frame(5, b"\0\0\0\x02", flags=4, stream=1), "http2-protocol"),
        (b"\xff\xff\xff\x00\0\0\0\0\1", "http2-frame-size"),
        (frame(8, b"\0\0\0\0"), "http2-protocol"),
        (frame(8, b"\x7f\xff\xff\xff"), "http2-protocol"),
        (frame(6, b"short"), "http2-protocol"),
    ],
)
def test_what_is_no_http_2_and_what_is_a_flood_ends_the_connection(raw: bytes, reason: str) -> None:
    async def scenario() -> tuple[Client, dict[str, int], int]:
        async with speaking(OK) as (client, gateway):
            await client.hear()
            client.writer.write(raw)
            await client.to_the_end()
            other = httpx.AsyncClient(http1=False, http2=True)
            fine = await other.get(f"http://127.0.0.1:{gateway.port}/erp/v1/orders")
            await other.aclose()
            return client, gateway.runtime.bad_requests, fine.status_code

    client, counted, fine = asyncio.run(scenario())
    assert counted == {reason: 1}
    assert client.away
    assert fine == 200


def test_a_rapid_reset_ends_before_it_costs_much() -> None:
    """CVE-2023-44487: streams that are taken back as soon as they are opened."""

    async def scenario() -> tuple[list[tuple[int, int]], dict[str, int], int]:
        async with speaking(OK) as (client, gateway):
            await client.hear()
            raw = b""
            for _ in range(400):
                number = client.h2.get_next_available_stream_id()
                client.h2.send_headers(number, GET, end_stream=True)
                client.h2.reset_stream(number)
                raw += client.h2.data_to_send()
            client.writer.write(raw)
            await client.to_the_end()
            return client.away, gateway.runtime.bad_requests, len(gateway.seen.heads)

    away, counted, calls = asyncio.run(scenario())
    assert away[-1][1] == Error.ENHANCE_YOUR_CALM
    assert counted == {"http2-resets": 1}
    assert calls <= 210


def test_requests_that_are_malformed_on_purpose_do_not_go_on_for_ever() -> None:
    """CVE-2025-8671: the client has the server take the streams back."""

    async def scenario() -> dict[str, int]:
        async with speaking(OK) as (client, gateway):
            await client.hear()
            raw = b""
            for _ in range(300):
                client.h2.send_headers(
                    client.h2.get_next_available_stream_id(), [*GET, ("x", " y")], end_stream=True
                )
                raw += client.h2.data_to_send()
                if len(client.h2.streams) > 90:
                    client.writer.write(raw)
                    raw = b""
                    for stream in tuple(client.h2.streams):
                        await client.answer(stream)
                    if client.closed:
                        break
            return gateway.runtime.bad_requests

    assert asyncio.run(scenario())["http2-resets"] == 1
