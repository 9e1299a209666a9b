from gateway.verdicts import Decision, Fault, Refusal


def test_a_fault_is_an_entry_of_a_problem_document() -> None:
    fault = Fault("body", "/lines/0", "it is wrong", "type", "/components/schemas/Line/type", "orders.yaml")
    assert fault.as_dict() == {
        "in": "body",
        "pointer": "/lines/0",
        "message": "it is wrong",
        "code": "type",
        "schemaPointer": "/components/schemas/Line/type",
    }


def test_a_decision_allows_where_nothing_refuses() -> None:
    assert Decision().allowed
    assert not Decision(Refusal(404, "not-found", "No")).allowed
