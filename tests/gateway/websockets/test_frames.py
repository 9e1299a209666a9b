from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.websockets.frames import Frames, close


def frame(size: int, opcode: int, masked: bool) -> bytes:
    mask = 0x80 if masked else 0
    length = (
        bytes([mask | size])
        if size < 126
        else bytes([mask | 126]) + size.to_bytes(2, "big")
        if size < 65_536
        else bytes([mask | 127]) + size.to_bytes(8, "big")
    )
    return bytes([0x80 | opcode]) + length + (b"mask" if masked else b"") + b"\x88" * size


FRAMES = st.tuples(
    st.sampled_from([0, 1, 125, 126, 300, 65_535, 65_536]), st.sampled_from([0, 1, 2, 9, 10]), st.booleans()
)


@settings(deadline=None)
@given(st.lists(FRAMES, max_size=5), st.lists(st.integers(1, 70_000), min_size=1, max_size=8))
def test_however_it_is_cut_the_ends_of_frames_are_found(
    held: list[tuple[int, int, bool]], cuts: list[int]
) -> None:
    raw = b"".join(frame(*one) for one in held)
    ends, total = set(), 0
    for one in held:
        total += len(frame(*one))
        ends.add(total)
    cuts = [*cuts, 20_000]
    frames, position, turn = Frames(), 0, 0
    while position < len(raw):
        piece = raw[position : position + cuts[turn % len(cuts)]]
        turn += 1
        first = frames.follow(piece)
        inside = sorted(end - position for end in ends if 0 < end - position <= len(piece))
        assert first == (inside[0] if inside else len(piece))
        position += len(piece)
        assert frames.between == (position in ends)
    assert not frames.closed


def test_a_close_frame_is_seen() -> None:
    frames = Frames()
    frames.follow(frame(3, 1, True) + close(1001, masked=True))
    assert frames.between
    assert frames.closed


def test_a_close_frame_carries_its_code() -> None:
    assert close(1001, masked=False) == b"\x88\x02\x03\xe9"
    masked = close(1001, masked=True)
    assert masked[:2] == b"\x88\x82"
    assert bytes(byte ^ key for byte, key in zip(masked[6:], masked[2:6], strict=False)) == b"\x03\xe9"
