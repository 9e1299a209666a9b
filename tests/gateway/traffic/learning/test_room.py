from gateway.traffic.learning.room import ENDLESS, Room


def test_places_are_taken_until_there_are_none() -> None:
    room = Room(2)
    assert [room.take() for _ in range(4)] == [True, True, False, False]
    assert room.left == 0
    assert ENDLESS.take()
