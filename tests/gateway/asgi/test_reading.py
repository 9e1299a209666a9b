from pathlib import Path

import pytest

from contracts.errors import ContractError
from gateway.asgi.reading import read_contract
from tests.gateway.world import ORDERS


def test_a_contract_is_read_with_its_files(tmp_path: Path) -> None:
    split = ORDERS.replace('"#/components/schemas/Order"', "schemas/order.yaml")
    (tmp_path / "orders.yaml").write_text(split.partition("components:")[0])
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "order.yaml").write_text("{type: object, required: [sku]}")
    api = read_contract(tmp_path / "orders.yaml")
    assert [operation.key for operation in api.operations][:2] == ["GET /orders", "POST /orders"]
    assert api.problems == ()


@pytest.mark.parametrize("target", ["../order.yaml", "https://elsewhere.example/order.yaml", "missing.yaml"])
def test_nothing_else_is_read(tmp_path: Path, target: str) -> None:
    (tmp_path / "order.yaml").write_text("{type: object}")
    folder = tmp_path / "service"
    folder.mkdir()
    text = ORDERS.replace('"#/components/schemas/Order"', target)
    (folder / "orders.yaml").write_text(text)
    assert any(target in str(problem) for problem in read_contract(folder / "orders.yaml").problems)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("asyncapi: 3.0.0\ninfo: {title: t, version: 1.0.0}\n", "not-http"),
        ("openapi: 3.1.0\ninfo: {title: t, version: 1.0.0}\npaths: {}\n", "no-operations"),
    ],
)
def test_what_cannot_check_a_service_is_refused(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(ContractError) as caught:
        read_contract(tmp_path / "a.yaml")
    assert caught.value.code == code
