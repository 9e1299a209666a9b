from linters.lint.severity import Severity


def test_names_and_numbers_are_spectrals() -> None:
    assert [(s.label, int(s)) for s in Severity] == [("error", 0), ("warn", 1), ("info", 2), ("hint", 3)]
    assert Severity.named("hint") is Severity.HINT
    assert Severity.ERROR < Severity.WARN
