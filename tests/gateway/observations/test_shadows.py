from __future__ import annotations

import random
import string

from gateway.observations.shadows import OTHERS, Shadows


def test_what_may_be_data_is_not_told() -> None:
    held = Shadows()
    assert held.template("erp/orders", b"/v1/customers/4711/orders") == "/v1/customers/{}/orders"
    for secret in (
        b"Zm9vYmFyZm9vYmFy",
        b"lk_k1a2b3c4_secret",
        b"9f86d081884c",
        b"a@b.example",
        b"aXbYcZdWeVfU",
    ):
        assert held.template("erp/orders", b"/reset/" + secret) == "/reset/{}"
    assert held.template("erp/orders", b"/orderLineItems/") == "/orderLineItems/"
    assert held.template("erp/orders", b"/a/%zz") == OTHERS
    assert held.template("erp/orders", b"/x" * 40) == "/x" * 12 + "/…"


def test_names_that_vary_become_one() -> None:
    held = Shadows()
    words = [
        f"/{word}" for word in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota")
    ]
    assert [held.template("a", word.encode()) for word in words] == words
    more = [f"/x{letter}".encode() for letter in string.ascii_lowercase]
    assert [held.template("a", path) for path in more[:3]] == ["/xa", "/xb", "/xc"]
    assert {held.template("a", path) for path in more[3:]} == {"/{}"}
    assert held.template("a", b"/alpha") == "/alpha"


def test_a_scanner_fills_nothing() -> None:
    held, generator = Shadows(most=50), random.Random(7)

    def path() -> bytes:
        words = [
            "".join(generator.choices(string.ascii_lowercase, k=5)) for _ in range(generator.randint(1, 8))
        ]
        return "/".join(["", *words]).encode()

    found = {held.template("", path()) for _ in range(5000)}
    assert len(found) <= 51
    assert OTHERS in found
    assert held.beyond > 0
    assert sum(map(len, held._names.values())) < 2000
    assert held.template("erp/orders", b"/fresh") == "/fresh", "contracts do not share their room"


def test_contracts_are_bounded_as_well() -> None:
    held = Shadows()
    found = [held.template(f"c{number}", b"/a") for number in range(2001)]
    assert found[-2:] == ["/a", OTHERS]
