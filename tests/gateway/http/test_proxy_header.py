import ipaddress
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.http.proxy_header import MOST, UNKNOWN, Malformed, ProxyHeader, read

SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
LONGEST = b"PROXY TCP6 " + b" ".join([b"ffff:" * 7 + b"ffff"] * 2) + b" 65535 65535\r\n"


def line(source: str, destination: str = "192.0.2.9", ports: str = "56324 443") -> bytes:
    family = "TCP6" if ":" in source else "TCP4"
    return f"PROXY {family} {source} {destination} {ports}\r\n".encode()


def binary(command: int = 0x21, kind: int = 0x11, rest: bytes = b"", *, length: int | None = None) -> bytes:
    return SIGNATURE + struct.pack("!BBH", command, kind, len(rest) if length is None else length) + rest


V4 = bytes([198, 51, 100, 7]) + bytes([192, 0, 2, 9]) + struct.pack("!HH", 56324, 443)
V6 = ipaddress.ip_address("2001:db8::7").packed + ipaddress.ip_address("2001:db8::9").packed + b"\0\1\0\2"
MAPPED = ipaddress.ip_address("::ffff:198.51.100.7").packed + V6[16:]


@pytest.mark.parametrize(
    ("held", "address"),
    [
        (line("198.51.100.7"), "198.51.100.7"),
        (line("2001:DB8:0:0::7", "::1"), "2001:db8::7"),
        (line("::ffff:198.51.100.7", "::1"), "198.51.100.7"),
        (line("0.0.0.0", "255.255.255.255", "0 65535"), "0.0.0.0"),
        (b"PROXY UNKNOWN\r\n", UNKNOWN),
        (b"PROXY UNKNOWN ffff::1 any thing \xff\r\n", UNKNOWN),
        (binary(rest=V4), "198.51.100.7"),
        (binary(rest=V4 + b"\x04\0\x03abc"), "198.51.100.7"),
        (binary(kind=0x21, rest=V6), "2001:db8::7"),
        (binary(kind=0x21, rest=MAPPED), "198.51.100.7"),
        (binary(kind=0x00), UNKNOWN),
        (binary(kind=0x10, rest=V4), UNKNOWN),
        (binary(kind=0x31, rest=b"/socket".ljust(216, b"\0")), UNKNOWN),
        (binary(0x20, 0x00), None),
        (binary(0x20, 0x11, V4), None),
        (binary(0x20, 0x99, b"whatever"), None),
        (binary(rest=V4.ljust(MOST - 16, b"\0")), "198.51.100.7"),
    ],
)
def test_who_is_at_the_other_end(held: bytes, address: str | None) -> None:
    assert read(held) == ProxyHeader(len(held), address)
    assert read(held + b"GET / HTTP/1.1\r\n") == ProxyHeader(len(held), address)
    assert [read(held[:size]) for size in range(len(held))] == [None] * len(held)


def test_the_longest_line_of_two_addresses_is_taken() -> None:
    assert len(LONGEST) == 104
    assert read(LONGEST) == ProxyHeader(104, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
    unknown = b"PROXY UNKNOWN ".ljust(105, b"x") + b"\r\n"
    assert read(unknown) == ProxyHeader(107, UNKNOWN)


@pytest.mark.parametrize(
    "held",
    [
        b"GET / HTTP/1.1\r\n",
        b"\x16\x03\x01",
        b"\0",
        b"PROXIED",
        b"proxy TCP4 198.51.100.7 192.0.2.9 1 2\r\n",
        b"PROXY  TCP4 198.51.100.7 192.0.2.9 1 2\r\n",
        b"PROXY TCP4 198.51.100.7 192.0.2.9 1\r\n",
        b"PROXY TCP4 198.51.100.7 192.0.2.9 1 2 3\r\n",
        b"PROXY TCP4 198.51.100.7 192.0.2.9 1 2 \r\n",
        b"PROXY TCP4 198.51.100.7\t192.0.2.9 1 2\r\n",
        b"PROXY TCP5 198.51.100.7 192.0.2.9 1 2\r\n",
        b"PROXY TCP4 2001:db8::7 2001:db8::9 1 2\r\n",
        b"PROXY TCP6 198.51.100.7 192.0.2.9 1 2\r\n",
        b"PROXY TCP4 198.51.100.07 192.0.2.9 1 2\r\n",
        b"PROXY TCP4 198.51.100 192.0.2.9 1 2\r\n",
        b"PROXY TCP4 198.51.100.7 192.0.2.9 65536 2\r\n",
        b"PROXY TCP4 198.51.100.7 192.0.2.9 01 2\r\n",
        b"PROXY TCP4 198.51.100.7 192.0.2.9 -1 2\r\n",
        b"PROXY TCP4 198.51.100.7 192.0.2.9 1 \xb2\r\n",
        b"PROXY TCP6 fe80::1%eth0 2001:db8::9 1 2\r\n",
        b"PROXY TCP4 198.51.100.7 192.0.2.9 1 2\nGET / HTTP/1.1\r\n",
        b"PROXY \r\n",
        b"PROXY UNKNOWN".ljust(107, b"x"),
        b"PROXY UNKNOWN".ljust(106, b"x") + b"\r\n",
        b"\r\n\r\nGET",
        binary(0x11, rest=V4),
        binary(0x31, rest=V4),
        binary(0x22, rest=V4),
        binary(0x2F, rest=V4),
        binary(kind=0x12, rest=V4),
        binary(kind=0x22, rest=V6),
        binary(kind=0x32, rest=b"\0" * 216),
        binary(kind=0x13, rest=V4),
        binary(kind=0x41, rest=V6),
        binary(rest=V4[:-1]),
        binary(kind=0x21, rest=V4),
        binary(kind=0x31, rest=V6),
        binary(length=MOST - 15),
        binary(0x20, 0x00, length=0xFFFF),
    ],
)
def test_what_is_none(held: bytes) -> None:
    with pytest.raises(Malformed):
        read(held)


ADDRESSES = st.tuples(st.ip_addresses(v=4), st.ip_addresses(v=4)) | st.tuples(
    st.ip_addresses(v=6), st.ip_addresses(v=6)
)
PORTS = st.integers(0, 65535)


@given(ADDRESSES, PORTS, PORTS, st.binary(max_size=300), st.booleans())
def test_every_header_of_a_sender_is_read_as_it_was_meant(
    addresses: tuple[ipaddress.IPv4Address, ipaddress.IPv4Address],
    source: int,
    destination: int,
    more: bytes,
    in_text: bool,
) -> None:
    four = addresses[0].version == 4
    if in_text:
        held = line(str(addresses[0]), str(addresses[1]), f"{source} {destination}")
    else:
        packed = b"".join(address.packed for address in addresses)
        held = binary(
            kind=0x11 if four else 0x21, rest=packed + struct.pack("!HH", source, destination) + more
        )
    mapped = None if four else ipaddress.IPv6Address(addresses[0]).ipv4_mapped
    assert read(held + more) == ProxyHeader(len(held), str(mapped or addresses[0]))


BEGINNINGS = st.sampled_from(
    [b"", b"PROXY ", b"PROXY TCP4 ", b"PROXY UNKNOWN", SIGNATURE, SIGNATURE + b"\x21\x11"]
)


@given(BEGINNINGS, st.binary(max_size=200) | st.binary(min_size=MOST, max_size=MOST + 10))
def test_whatever_comes_is_a_header_or_none_and_never_waits_for_ever(begin: bytes, rest: bytes) -> None:
    """What is read does not depend on the pieces in which it comes, and no header is larger than its bound."""
    held = begin + rest
    found: list[ProxyHeader | type[Malformed] | None] = []
    for size in range(min(len(held), 300) + 1):
        try:
            found.append(read(held[:size]))
        except Malformed:
            found.append(Malformed)
    told = [one for one in found if one is not None]
    assert len(set(told)) <= 1, "the first that is known stays"
    if told:
        assert found[found.index(told[0]) :] == told
    if isinstance(told[-1:] and told[-1], ProxyHeader):
        (known,) = set(told)
        assert isinstance(known, ProxyHeader)
        assert found.index(known) == known.size
    if len(held) > MOST:
        try:
            assert read(held) is not None
        except Malformed:
            return
