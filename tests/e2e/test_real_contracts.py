"""The gateway in front of simulated upstreams, on contracts and messages that other people wrote."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from contracts.model import HttpApi, build
from gateway.snapshot.operation import Modes
from gateway.standalone import standalone
from gateway.verdicts import Header
from lading.files import read_set
from tests.gateway.world import answering, running

pytestmark = pytest.mark.corpus

TNT_2 = "dcsa/dcsa-tnt-2.2.0-resolved.yaml"
TNT_3 = "dcsa/dcsa-tnt-3.0.0.yaml"
OVS_3 = "dcsa/dcsa-ovs-3.0.0@2025-08-15.yaml"
EPCIS = "gs1/gs1-epcis-2.0@2022-06-08.json"
WMS = "wms/wms-order-service@2026-01-14.yaml"
UPS = "ups/ups-tracking@2026-05-12.yaml"
JSON: Header = (b"content-type", b"application/json")


def call(
    corpus: Path,
    contract: str,
    method: str,
    path: str,
    *,
    body: bytes = b"",
    headers: Sequence[Header] = (),
    answer: bytes = b"",
    status: int = 200,
    answer_headers: Sequence[bytes] = (b"content-type: application/json",),
) -> tuple[int, list[tuple[str, str]], int]:
    """The status that the caller sees, the faults as (pointer, code), and how often the upstream was called."""
    api = build(read_set(corpus / "openapi" / contract))
    assert isinstance(api, HttpApi)

    async def scenario() -> tuple[int, Any, int]:
        async with running(
            answering(status, answer, answer_headers),
            lambda url: standalone(api, url, modes=Modes("enforce", "enforce")),
        ) as gateway:
            found, _, document = await gateway.call(method, path, body, headers)
            return found, document, len(gateway.seen.heads)

    found, document, calls = asyncio.run(scenario())
    faults = document.get("errors", []) if isinstance(document, dict) and found >= 400 else []
    return found, [(fault["pointer"], fault["code"]) for fault in faults], calls


def message(corpus: Path, name: str) -> bytes:
    return (corpus / "messages" / name).read_bytes()


def events_of_2(corpus: Path, name: str) -> tuple[int, list[tuple[str, str]], int]:
    fields = (b"content-type: application/json", b"current-page: fE9mZnNldHw")
    return call(corpus, TNT_2, "GET", "/v2/events", answer=message(corpus, name), answer_headers=fields)


def test_track_and_trace_2_passes_the_good_response(corpus: Path) -> None:
    assert events_of_2(corpus, "dcsa/tnt-220-response.json") == (200, [], 1)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("wrong-date-times", ("/1", "required")),
        ("wrong-event-ids", ("/0/eventID", "type")),
        ("wrong-event-ids", ("/1/eventID", "format")),
        ("wrong-structure", ("/0", "required")),
    ],
)
def test_track_and_trace_2_withholds_the_bad_ones(corpus: Path, name: str, fault: tuple[str, str]) -> None:
    status, faults, _ = events_of_2(corpus, f"dcsa/tnt-220-response-{name}.json")
    assert status == 502
    assert fault in faults


def test_track_and_trace_2_has_no_code_lists_to_hold_attribute_values_against(corpus: Path) -> None:
    """DCSA counts this message as wrong, and the published schema accepts it: only a rule beyond it could refuse."""
    assert events_of_2(corpus, "dcsa/tnt-220-response-wrong-attribute-values.json") == (200, [], 1)


def test_track_and_trace_2_misses_a_required_header(corpus: Path) -> None:
    body = message(corpus, "dcsa/tnt-220-response.json")
    assert call(corpus, TNT_2, "GET", "/v2/events", answer=body)[:2] == (502, [("/Current-Page", "required")])


@pytest.mark.parametrize(
    ("path", "fault"),
    [("/v2/events?limit=none", ("/limit", "type")), ("/v2/events/not-a-uuid", ("/eventID", "format"))],
)
def test_track_and_trace_2_refuses_bad_requests(corpus: Path, path: str, fault: tuple[str, str]) -> None:
    status, faults, calls = call(corpus, TNT_2, "GET", path)
    assert (status, calls) == (400, 0)
    assert fault in faults


@pytest.mark.parametrize("kind", ["equipment", "shipment", "transport"])
def test_track_and_trace_3_passes_good_requests_and_refuses_broken_ones(corpus: Path, kind: str) -> None:
    body = message(corpus, f"dcsa/tnt-300-request-{kind}.json")
    answer = b'{"feedbackElements":[]}'
    good = call(corpus, TNT_3, "POST", "/events", body=body, headers=[JSON], answer=answer)
    assert good == (200, [], 1)
    broken = body.replace(b"2026-", b"26-")
    assert broken != body
    status, faults, calls = call(corpus, TNT_3, "POST", "/events", body=broken, headers=[JSON], answer=answer)
    assert (status, calls) == (422, 0)
    assert ("/events/0/eventDateTime", "format") in faults


def test_track_and_trace_3_passes_the_good_response(corpus: Path) -> None:
    answer = message(corpus, "dcsa/tnt-300-response.json")
    assert call(corpus, TNT_3, "GET", "/events", answer=answer) == (200, [], 1)


def schedules(corpus: Path, name: str) -> tuple[int, list[tuple[str, str]], int]:
    return call(corpus, OVS_3, "GET", "/v3/service-schedules", answer=message(corpus, f"dcsa/{name}.json"))


def test_vessel_schedules_withhold_bad_values(corpus: Path) -> None:
    status, faults, _ = schedules(corpus, "ovs-300-response-wrong-attribute-values")
    assert status == 502
    assert ("/0/universalServiceReference", "pattern") in faults
    assert ("/0/vesselSchedules/0/transportCalls/0/location/UNLocationCode", "pattern") in faults


def test_vessel_schedules_have_no_rule_against_the_wrong_structure(corpus: Path) -> None:
    """DCSA counts this message as wrong, and the published schema accepts it."""
    assert schedules(corpus, "ovs-300-response-wrong-structure") == (200, [], 1)


def test_the_discriminator_decides_where_alternatives_overlap(corpus: Path) -> None:
    """DCSA's good example has two locations that two alternatives of a `oneOf` accept; its discriminator names one."""
    assert schedules(corpus, "ovs-300-response") == (200, [], 1)


EPCIS_HEADERS = [JSON, (b"gs1-epcis-version", b"2.0.0"), (b"gs1-cbv-version", b"2.0.0")]
# GS1's examples name their documents by blank nodes, which the format `uri` of the contract does not know.
BLANK, NAMED = b'"id": "_:document1"', b'"id": "urn:uuid:6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11"'


def capture(corpus: Path, body: bytes) -> tuple[int, list[tuple[str, str]], int]:
    return call(
        corpus, EPCIS, "POST", "/capture", body=body, headers=EPCIS_HEADERS, status=202,
        answer_headers=(b"location: http://example/capture/1",)
    )  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["ErrorDeclarationAndCorrectiveEvent", "Example_9.6.1-ObjectEvent", "Example_9.6.3-AggregationEvent",
     "PersistentDisposition-example", "SensorDataExample1"],
)  # fmt: skip
def test_traceability_events_pass(corpus: Path, name: str) -> None:
    as_published = message(corpus, f"epcis/{name}.jsonld")
    assert capture(corpus, as_published) == (422, [("", "oneOf"), ("/id", "format")], 0)
    assert as_published.count(BLANK) == 1
    assert capture(corpus, as_published.replace(BLANK, NAMED)) == (202, [], 1)


@pytest.mark.parametrize(
    "name", ["Example-TransactionEvents-2020_07_03y", "object_event_all_possible_fields"]
)
def test_traceability_events_that_the_schema_refuses(corpus: Path, name: str) -> None:
    status, faults, calls = capture(corpus, message(corpus, f"epcis/{name}.jsonld").replace(BLANK, NAMED))
    assert (status, calls) == (422, 0)
    assert any(pointer.startswith("/epcisBody/eventList") for pointer, _ in faults)


ADDRESS = b'{"street":"Kai 1","city":"Hamburg","state":"HH","zipCode":"20457","country":"DE"}'
ORDER = (
    b'{"customerId":"c1","priority":"standard","shippingAddress":%s,"items":[{"sku":"a","quantity":2,"unitPrice":1.5}]}'
    % ADDRESS
)
TENANT = [(b"x-wms-tenant-id", b"t"), (b"x-wms-facility-id", b"f"), (b"x-wms-warehouse-id", b"w")]


def test_warehouse_orders(corpus: Path) -> None:
    def post(body: bytes, headers: Sequence[Header]) -> tuple[int, list[tuple[str, str]], int]:
        return call(
            corpus, WMS, "POST", "/api/v1/orders", body=body, headers=headers, answer=b"{}", status=201
        )

    assert post(ORDER, [JSON, *TENANT])[0] == 201
    assert post(ORDER, [JSON]) == (
        400,
        [
            ("/X-WMS-Tenant-ID", "required"),
            ("/X-WMS-Facility-ID", "required"),
            ("/X-WMS-Warehouse-ID", "required"),
        ],
        0,
    )
    assert post(ORDER.replace(b"standard", b"whenever"), [JSON, *TENANT]) == (422, [("/priority", "enum")], 0)
    assert post(ORDER.replace(b'"quantity":2', b'"quantity":"2"'), [JSON, *TENANT])[1] == [
        ("/items/0/quantity", "type")
    ]


def test_parcel_tracking(corpus: Path) -> None:
    path = "/api/track/v1/details/1Z023E2X0214323462"
    ids = [(b"transid", b"1"), (b"transactionsrc", b"testing")]
    good = b'{"trackResponse":{"shipment":[{"inquiryNumber":"1Z023E2X0214323462"}]}}'
    assert call(corpus, UPS, "GET", path, headers=ids, answer=good) == (200, [], 1)
    assert call(corpus, UPS, "GET", path, answer=good)[:2] == (
        400,
        [("/transId", "required"), ("/transactionSrc", "required")],
    )
    drifted = good.replace(b'[{"inquiryNumber"', b'[{"inquiryNumbers":1,"inquiryNumber"').replace(
        b'"1Z023E2X0214323462"', b"1"
    )
    assert call(corpus, UPS, "GET", path, headers=ids, answer=drifted)[:2] == (
        502,
        [("/trackResponse/shipment/0/inquiryNumber", "type")],
    )
