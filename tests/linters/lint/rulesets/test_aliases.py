import pytest

from linters.lint.rulesets.aliases import Aliases, Target, UnknownAlias

FORMATS = frozenset({"oas3", "oas3.1"})
ALIASES = Aliases(
    {
        "Info": ("$..info",),
        "Text": ("#Info.description", "#Info.title"),
        "Loop": ("#Pool",),
        "Pool": ("#Loop.x",),
        "Targets": (
            Target(frozenset({"oas3"}), ("$.three",)),
            Target(frozenset({"oas3.1"}), ("$.one",)),
            Target(frozenset({"oas2"}), ("$.two",)),
        ),
    }
)


def test_aliases_are_expanded_with_what_follows_them() -> None:
    assert ALIASES.expand(["#Text^", "$.x", "$.x"], FORMATS) == (
        "$..info.description^",
        "$..info.title^",
        "$.x",
    )


def test_of_targets_the_last_that_fits_is_taken() -> None:
    assert ALIASES.expand(["#Targets.a"], FORMATS) == ("$.one.a",)
    assert ALIASES.expand(["#Targets"], frozenset({"aas3"})) == ()
    assert ALIASES.expand(["#Targets"], None) == ("$.three", "$.one", "$.two")


@pytest.mark.parametrize("name", ["#Nope", "#Loop"])
def test_unknown_and_circular_aliases(name: str) -> None:
    with pytest.raises(UnknownAlias):
        ALIASES.expand([name], FORMATS)


def test_an_alias_bomb_is_stopped() -> None:
    bomb = {f"A{n}": (f"#A{n + 1}.l", f"#A{n + 1}.r") for n in range(40)}
    with pytest.raises(UnknownAlias, match="more than"):
        Aliases({**bomb, "A40": ("$",)}).expand(["#A0"], FORMATS)
