import asyncio
import io
import json

from gateway.logs import AccessLog, Lines

from .world import GOOD, HEADERS, KEY, answering, running


def logged(*requests: tuple[str, str, bytes]) -> list[dict[str, object]]:
    lines: list[bytes] = []

    async def scenario() -> None:
        async with running(
            answering(201, GOOD), observers=(AccessLog(lines.append, lambda: 0.0),)
        ) as gateway:
            for method, path, body in requests:
                await gateway.call(method, path, body, [*HEADERS, (b"x-api-key", b"PLANTED-SECRET")])

    asyncio.run(scenario())
    return [json.loads(line) for line in lines]


def test_a_line_says_what_became_of_a_call() -> None:
    good, bad = logged(("POST", "/erp/v1/orders", GOOD), ("POST", "/erp/v1/orders", b"{}"))
    assert good | {"ms": 0} == {
        "time": "1970-01-01T00:00:00.000+00:00",
        "operation": "POST /orders",
        "status": 201,
        "outcome": "ok",
        "ms": 0,
        "contract": "Orders@1.2.0",
    }
    assert (bad["reason"], bad["outcome"]) == ("invalid-request", "violation")
    assert bad["faults"] == [
        'body (whole): "sku" is a required property',
        'body (whole): "quantity" is a required property',
    ]


def test_a_line_names_the_trace_of_the_caller_where_it_is_one() -> None:
    lines: list[bytes] = []

    async def scenario() -> None:
        async with running(
            answering(200, b"[]"), observers=(AccessLog(lines.append, lambda: 0.0),)
        ) as gateway:
            for trace in (b"1" * 32, b"PLANTED"):
                parent = b"00-%s-%s-01" % (trace, b"2" * 16)
                await gateway.call("GET", "/erp/v1/orders", headers=[(b"traceparent", parent)])

    asyncio.run(scenario())
    first, second = (json.loads(line) for line in lines)
    assert first["trace_id"] == "1" * 32
    assert "trace_id" not in second


def test_nothing_secret_is_in_it() -> None:
    found = logged(
        ("GET", "/erp/v1/orders?token=PLANTED-SECRET&limit=PLANTED-SECRET", b""),
        ("GET", "/erp/v1/orders/PLANTED-SECRET", b""),
        ("POST", "/erp/v1/orders", b'{"sku":"PLANTED-SECRET","quantity":"PLANTED-SECRET"}'),
        ("GET", f"/other/{KEY.decode()}", b""),
    )
    assert len(found) == 4
    assert "PLANTED-SECRET" not in str(found)
    assert KEY.decode() not in str(found)


def test_lines_are_written_together_and_a_closed_reader_ends_the_log_only() -> None:
    class Closed(io.BytesIO):
        def write(self, data: object) -> int:
            raise BrokenPipeError

    async def scenario() -> bytes:
        file = io.BytesIO()
        lines, broken = Lines(file), Lines(Closed())
        for log in (lines, broken):
            log.write(b"a\n")
            log.write(b"b\n")
            log.flush()
            log.write(b"c\n")
            log.flush()
        return file.getvalue()

    assert asyncio.run(scenario()) == b"a\nb\nc\n"


def test_lines_of_several_processes_stay_whole() -> None:
    written: list[bytes] = []

    class Pipe:
        def write(self, text: bytes) -> None:
            written.append(text)

        def flush(self) -> None: ...

    async def scenario() -> None:
        lines = Lines(Pipe(), shared=True)  # type: ignore[arg-type]
        for number in range(100):
            lines.write(b"x" * (100 + number) + b"\n")
        lines.write(b"y" * 5000 + b"\n")
        lines.flush()

    asyncio.run(scenario())
    assert all(text.endswith(b"\n") for text in written)
    assert all(len(text) <= 4096 or text.startswith(b"y") for text in written)
    assert sum(text.count(b"\n") for text in written) == 101
    assert len(written) < 10
