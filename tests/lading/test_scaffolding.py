"""Typed packages of event contracts: they import, their types take the contract's examples, and events arrive."""

from __future__ import annotations

import ast
import asyncio
import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml
from asyncapi_python.contrib.wire.in_memory import InMemoryWire, reset_bus
from asyncapi_python_codegen.parser import extract_all_operations

import specs
from contracts.document import parse
from contracts.errors import ContractError
from contracts.references import DocumentSet, load
from lading.files import read_set
from lading.outcome import CouldNotTell
from lading.scaffolding import Scaffold, Side, scaffold, snake

MILESTONES = specs.path("shipment-milestones.asyncapi").read_bytes()
SMALL = """\
asyncapi: 3.0.0
info: { title: Scans, version: '1' }
channels:
  scans:
    address: scans
    messages: { scan: { payload: { type: object, properties: { sscc: { type: string } } } } }
operations:
  take: { action: receive, channel: { $ref: '#/channels/scans' } }
"""


def documents(text: str | bytes) -> DocumentSet:
    return load(parse(text.encode() if isinstance(text, str) else text, "events.yaml"))


def imported(
    text: str | bytes, folder: Path, monkeypatch: pytest.MonkeyPatch, side: Side = "consumer"
) -> Any:
    """The package made of a contract, under a name of its own."""
    name = f"made_{side}_{abs(hash(str(folder)))}"
    scaffold(documents(text), folder / name, side)
    monkeypatch.syspath_prepend(str(folder))
    return importlib.import_module(name)


def test_the_types_take_the_examples_of_our_own_contract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = imported(MILESTONES, tmp_path, monkeypatch)
    messages = yaml.safe_load(MILESTONES)["components"]["messages"]
    assert len(messages) == 7
    for key, message in messages.items():
        model = getattr(made.messages.json, key[0].upper() + key[1:])
        example = message["examples"][0]["payload"]
        assert model.model_validate(example).subject == example["subject"]
        with pytest.raises(ValueError, match="subject"):
            model.model_validate({**example, "subject": ""})


def test_our_contract_is_read_as_it_stands_by_another_implementation(tmp_path: Path) -> None:
    """Interoperability: asyncapi-python's document model takes what we ship, with no help of ours."""
    file = tmp_path / "milestones.yaml"
    file.write_bytes(MILESTONES)
    operations = extract_all_operations(file)
    written = yaml.safe_load(MILESTONES)
    assert {key: operation.action for key, operation in operations.items()} == {
        key: operation["action"] for key, operation in written["operations"].items()
    }
    scan = operations["takeCarrierScan"]
    assert scan.channel.address == "partners.carriers.scans"
    assert [message.name for message in scan.messages] == ["com.harbourline.carrier.scan.v1"]


def test_an_event_goes_from_the_provider_to_the_consumer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reset_bus()
    provider = imported(SMALL, tmp_path / "a", monkeypatch, "provider")
    consumer = imported(SMALL, tmp_path / "b", monkeypatch, "consumer")
    arrived: list[str | None] = []

    async def pass_one() -> None:
        takes, gives = provider.Application(InMemoryWire()), consumer.Application(InMemoryWire())
        there = asyncio.Event()

        async def take(scan: Any) -> None:
            arrived.append(scan.sscc)
            there.set()

        takes.consumer.take(take)
        await takes.start()
        await gives.start()
        await gives.producer.take(consumer.messages.json.Scan(sscc="340012340000000016"))
        await asyncio.wait_for(there.wait(), 10)
        await gives.stop()
        await takes.stop()

    asyncio.run(pass_one())
    assert arrived == ["340012340000000016"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SMALL[: SMALL.index("operations")], "no operations"),
        (SMALL.replace("asyncapi: 3.0.0", "openapi: 3.0.0"), "scaffolds are made of AsyncAPI"),
        (
            SMALL.replace("address: scans", "address: 'scans.{site}'\n    parameters: { site: {} }"),
            "no place",
        ),
        (
            SMALL.replace(
                "payload: {",
                "payload: { schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: {",
            ).replace("} } } }\nop", "} } } } }\nop"),
            "avro",
        ),
        (SMALL.replace("messages: {", "x-messages: {"), "no messages"),
    ],
)
def test_what_cannot_be_made_is_said(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CouldNotTell, match=said):
        scaffold(documents(text), tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_a_reference_that_leads_nowhere_is_an_error_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ContractError) as raised:
        scaffold(documents(SMALL.replace("#/channels/scans", "#/channels/scan")), tmp_path / "made")
    assert raised.value.line == 8


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("kept = True\n")
    with pytest.raises(CouldNotTell, match="not empty"):
        scaffold(documents(SMALL), tmp_path)
    assert (tmp_path / "mine.py").read_text() == "kept = True\n"


def test_text_of_a_contract_never_becomes_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    escape = '"""\nimport os\nos.environ["ESCAPED"] = "1"\n"""'
    contract = yaml.safe_load(SMALL)
    contract["info"] = {"title": escape, "version": escape, "description": escape}
    scans = contract["channels"]["scans"]
    scans |= {"address": escape, "description": escape, "messages": {escape: scans["messages"]["scan"]}}
    payload = scans["messages"][escape]["payload"]
    payload |= {
        "title": escape,
        "description": escape,
        "customTypePath": "os.system",
        "default": {"a": escape},
    }
    payload["properties"] |= {
        escape: {"type": "string", "default": escape, "pattern": escape, "title": escape}
    }
    payload["properties"] |= {"kind": {"enum": [escape, "b"]}, "fixed": {"const": escape}}
    contract["operations"] = {escape: contract["operations"]["take"]}
    made = imported(orjson.dumps(contract), tmp_path, monkeypatch)
    assert made.Application(InMemoryWire())
    assert "ESCAPED" not in os.environ
    for file in tmp_path.rglob("*.py"):
        names = {
            alias.name
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert "os" not in names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("OrderAccepted", "order_accepted"),
        ("order-accepted.v1", "order_accepted_v1"),
        ("HTTPStatus", "http_status"),
        ("from", "from_"),
        ("2nd", "n_2nd"),
        ("…", "unnamed"),
    ],
)
def test_names_are_pythons(text: str, name: str) -> None:
    assert snake(text) == name


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["wms/wms-shipping-events@2026-01-14.yaml", "spec-v2.6/slack-rtm.yml", "spec-v3/slack-rtm-asyncapi.yml"],
)
def test_packages_of_other_peoples_contracts_import(name: str, corpus: Path, tmp_path: Path) -> None:
    made = scaffold(read_set(corpus / "asyncapi" / name), tmp_path / "package")
    assert isinstance(made, Scaffold)
    assert made.operations
    code = (
        "import package; from asyncapi_python.contrib.wire.in_memory import InMemoryWire as Wire; "
        "package.Application(Wire())"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, timeout=60)
