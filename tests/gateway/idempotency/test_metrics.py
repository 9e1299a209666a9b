from gateway.idempotency.metrics import keys_of
from gateway.idempotency.replays import Replays


def test_what_was_made_of_keys_is_told() -> None:
    replays = Replays()
    replays.counts = {"replayed": 3, "other": 1}
    replays.memory.begin("place", "print", "token", 1.0, 0.0, again=False)
    replays.memory.dropped = 2
    told = {
        (sample.name, *sample.labels.values()): sample.value
        for family in keys_of(replays)()
        for sample in family.samples
    }
    assert told == {
        ("lading_gateway_idempotency_total", "replayed"): 3,
        ("lading_gateway_idempotency_total", "other"): 1,
        ("lading_gateway_idempotency_entries",): 1,
        ("lading_gateway_idempotency_bytes",): replays.memory.size,
        ("lading_gateway_idempotency_dropped_total",): 2,
    }
