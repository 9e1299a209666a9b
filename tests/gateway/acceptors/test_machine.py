from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from gateway.acceptors import machine as machines
from gateway.acceptors.emission import Module
from gateway.acceptors.machine import Machine, Unusable
from gateway.acceptors.scalars import MOST_BYTES

from .judging import machine_of


def test_nothing_of_a_longer_text_before_is_read() -> None:
    machine = machine_of({"type": "integer"})
    assert machine.judge(b"123456")
    assert machine.judge(b"12")
    assert not machine.judge(b"")
    assert not machine.judge(b"-")


def test_texts_that_are_too_long_are_not_judged() -> None:
    machine = machine_of(True)
    assert machine.judge(b" " * MOST_BYTES + b"1") is None
    assert machine.judge(b" " * (MOST_BYTES - 1) + b"1")


def test_two_threads_do_not_read_each_others_texts() -> None:
    machine = machine_of({"type": "array", "items": {"type": "integer"}})
    good, bad = b"[" + b"1," * 2_000 + b"1]", b"[" + b"1," * 2_000 + b"x]"
    wrong: list[bool | None] = []
    started = threading.Barrier(2)

    def judge(text: bytes, expected: bool) -> None:
        started.wait()
        for _ in range(2_000):
            told = machine.judge(text)
            if told is not None and told is not expected:
                wrong.append(told)

    threads = [threading.Thread(target=judge, args=held) for held in ((good, True), (bad, False))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_while_one_thread_is_using_it_another_is_told_nothing() -> None:
    machine = machine_of(True)
    with machine._lock:
        assert machine.judge(b"1") is None
    assert machine.judge(b"1")


def test_a_module_that_breaks_off_says_so() -> None:
    text = (
        '(module (memory (export "memory") 6 6) (func (export "judge") (param i32) (result i32) unreachable))'
    )
    with pytest.raises(Unusable, match="broke off"):
        Machine(Module(text, 1024)).judge(b"1")


def test_what_is_no_module_is_unusable() -> None:
    with pytest.raises(Unusable):
        Machine(Module("(module (func (result i32)))", 1024))


def test_a_library_that_calls_in_another_way_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Machine, "judge", lambda *_: True)
    machines._workplace.cache_clear()
    try:
        with pytest.raises(Unusable, match="in the way that is known"):
            machine_of(True)
    finally:
        monkeypatch.undo()
        machines._workplace.cache_clear()


def test_a_platform_without_wasmtime_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wasmtime", None)
    machines._workplace.cache_clear()
    try:
        with pytest.raises(Unusable, match="cannot be loaded"):
            machine_of(True)
    finally:
        machines._workplace.cache_clear()


def test_one_that_is_closed_says_nothing_any_more() -> None:
    machine = machine_of(True)
    machine.close()
    assert machine.judge(b"1") is None


def test_a_process_ends_quietly() -> None:
    program = (
        "from tests.gateway.acceptors.judging import machine_of\n"
        "held = machine_of({'type': 'string'})\n"
        "print(held.judge(b'\"a\"'))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("True\n", "")
