from hypothesis import given
from hypothesis import strategies as st

from gateway.idempotency.answers import Answer
from gateway.idempotency.memory import Memory
from gateway.idempotency.settings import Keeping

ANSWER = Answer(201, ((b"a", b"b"),), b"{}")


def begin(memory: Memory, place: str, now: float = 0.0, print: str = "p", again: bool = False) -> str:
    return memory.begin(place, print, f"token of {place}", 10.0, now, again=again)[0]


def keep(memory: Memory, place: str, answer: Answer = ANSWER) -> None:
    memory.end(place, f"token of {place}", "kept", answer)


def test_the_course_of_a_key() -> None:
    memory = Memory(Keeping())
    assert begin(memory, "k") == "new"
    assert begin(memory, "k") == "claimed"
    assert begin(memory, "k", print="q") == "other"
    keep(memory, "k")
    assert memory.begin("k", "p", "t", 10.0, 0.0, again=False) == ("kept", ANSWER)
    assert begin(memory, "k", print="q") == "other"


def test_a_call_that_was_not_made_leaves_its_key_free() -> None:
    memory = Memory(Keeping())
    begin(memory, "k")
    memory.end("k", "token of k", "free")
    assert (len(memory), memory.size) == (0, 0)
    assert begin(memory, "k", print="q") == "new"


def test_what_nobody_knows_is_refused_or_made_again_as_configured() -> None:
    memory = Memory(Keeping())
    begin(memory, "k")
    memory.end("k", "token of k", "unknown")
    assert begin(memory, "k") == "unknown"
    assert begin(memory, "k", again=True) == "new"
    assert begin(memory, "k", again=True) == "claimed"


def test_a_claim_that_has_lapsed_is_unknown() -> None:
    memory = Memory(Keeping())
    begin(memory, "k", 0.0)
    assert begin(memory, "k", 9.9) == "claimed"
    assert begin(memory, "k", 10.0) == "unknown"


def test_only_the_holder_ends_a_claim() -> None:
    memory = Memory(Keeping())
    begin(memory, "k")
    memory.end("k", "somebody else", "kept", ANSWER)
    memory.end("nothing", "t", "free")
    assert begin(memory, "k") == "claimed"
    keep(memory, "k")
    memory.end("k", "token of k", "free")
    assert begin(memory, "k") == "kept"


def test_age_ends_it() -> None:
    memory = Memory(Keeping(age=100.0))
    for number in range(5):
        begin(memory, f"k{number}", float(number))
        keep(memory, f"k{number}")
    assert begin(memory, "k0", 99.0) == "kept"
    assert begin(memory, "k9", 102.5) == "new"
    assert len(memory) == 3
    assert begin(memory, "k0", 102.5) == "new"


def test_the_oldest_answers_give_way_and_calls_on_their_way_do_not() -> None:
    memory = Memory(Keeping(entries=3))
    for place in "abc":
        begin(memory, place)
    assert begin(memory, "d") == "full"
    keep(memory, "b")
    assert begin(memory, "d") == "new"
    assert (len(memory), memory.dropped) == (3, 1)
    assert [begin(memory, place) for place in "acd"] == ["claimed"] * 3


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["begin", "kept", "free", "unknown"]),
                          st.integers(0, 5000)), max_size=80))  # fmt: skip
def test_it_never_holds_more_than_it_may(steps: list[tuple[str, str, int]]) -> None:
    settings = Keeping(entries=4, bytes=8000)
    memory = Memory(settings)
    for place, what, size in steps:
        if what == "begin":
            begin(memory, place)
        else:
            answer = Answer(200, (), b"x" * size) if what == "kept" else None
            memory.end(place, f"token of {place}", what, answer)  # type: ignore[arg-type]
        assert len(memory) <= settings.entries
        assert memory.size <= settings.bytes
    assert memory.size == sum(entry.size for entry in memory._entries.values())
