"""Rulesets of any kind, from the grammar of the language, most of them senseless."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

_NAMES = st.sampled_from(["a", "b", "x-y", "0", "length", "$ref", "constructor", "é", ""])
_ATOMS = st.sampled_from(
    [
        *(
            "@",
            "@.a",
            "@.a.b",
            "@['b']",
            "@property",
            "@parentProperty",
            "@path",
            "@root.a",
            "@.length",
            "@parent",
        ),
        *("1", "-1", "'a'", "null", "undefined", "true", "/a+/", "[1, 'a']", "NaN", "nothing"),
        *("@string()", "@null()", "@.a.match(/a|b/)", "@.includes('a')", "@.a[0]", "@.toString()"),
    ]
)
_OPERATORS = st.sampled_from(["===", "!==", "==", "<", ">=", "&&", "||", "+", "%", "/", "in", "??"])
_FILTERS = st.recursive(
    _ATOMS,
    lambda inner: (
        st.builds("({} {} {})".format, inner, _OPERATORS, inner)
        | st.builds("!{}".format, inner)
        | st.builds("({} ? {} : {})".format, inner, inner, inner)
    ),
    max_leaves=5,
)
_STEPS = st.one_of(
    _NAMES.map(lambda name: f".{name}"),
    _NAMES.map(lambda name: f"['{name}']"),
    _NAMES.map(lambda name: f"..{name}"),
    _FILTERS.map(lambda source: f"[?({source})]"),
    _FILTERS.map(lambda source: f"..[?({source})]"),
    st.sampled_from(
        [".*", "..*", "[*]", "^", "^^", "~", "[0]", "[-1:]", "[::2]", "[(@.length-1)]", "['a','b']"]
    ),
    st.sampled_from(["@string()", "..", "[", "]", "[?(", "..[*]", ".[?(@)]", "#A", "*"]),
)
PATHS = st.lists(_STEPS, max_size=5).map(lambda steps: "$" + "".join(steps))
_FIELDS = st.none() | st.sampled_from(["@key", "a", "a.b", "b[0]", "length", "", "..", "$.a"]) | PATHS

_PATTERNS = st.sampled_from(["a", "^(a|b)*$", "[", "/a/i", "\\p{L}", "(?<n>a)\\k<n>", "(a+)+$", ""])
_SCHEMAS = st.sampled_from(
    [
        *({"type": "string"}, {"required": ["a"]}, {"$ref": "#"}, {"$ref": "#/nothing"}, {"type": 1}),
        *(
            {"uniqueItems": True},
            {"enum": [{"a": 1}]},
            {"items": {"$ref": "#"}},
            {"pattern": "["},
            {"not": {}},
        ),
        *({"properties": {"a": {"$ref": "#"}}}, {"patternProperties": {"a": False}}, {"format": "date"}),
    ]
)
_THENS = st.one_of(
    st.sampled_from(["truthy", "falsy", "defined", "undefined", "alphabetical", "typedEnum", "nothing"]).map(
        lambda name: {"function": name}
    ),
    st.builds(
        lambda name, options: {"function": name, "functionOptions": options},
        st.sampled_from(
            ["pattern", "casing", "length", "enumeration", "alphabetical", "xor", "or", "schema"]
        ),
        st.one_of(
            st.builds(lambda match: {"match": match}, _PATTERNS),
            st.builds(lambda schema, every: {"schema": schema, "allErrors": every}, _SCHEMAS, st.booleans()),
            st.sampled_from(
                [
                    *({"type": "camel"}, {"type": "kebab", "separator": {"char": "."}}, {"min": 1, "max": 2}),
                    *({"values": ["a", 1, None]}, {"keyedBy": "a"}, {"properties": ["a", "b"]}, {}, None, 1),
                ]
            ),
        ),
    ),
    st.just(
        {"function": "unreferencedReusableObject", "functionOptions": {"reusableObjectsLocation": "#/a"}}
    ),
)
_MESSAGES = st.none() | st.sampled_from(
    ["{{error}}", "{{value}} {{path}}", "#{{value.a}}", "#{{print('value')}}"]
)


@st.composite
def _rules(draw: st.DrawFn) -> dict[str, Any]:
    then = dict(draw(_THENS))
    field = draw(_FIELDS)
    if field is not None:
        then["field"] = field
    rule: dict[str, Any] = {
        "given": draw(PATHS | st.just("#A")),
        "then": then,
        "resolved": draw(st.booleans()),
    }
    message = draw(_MESSAGES)
    if message is not None:
        rule["message"] = message
    return rule


RULESETS: st.SearchStrategy[dict[str, Any]] = st.builds(
    lambda rules, alias: {"rules": {f"r{n}": rule for n, rule in enumerate(rules)}, "aliases": {"A": alias}},
    st.lists(_rules(), min_size=1, max_size=3),
    st.lists(PATHS | st.just("#A.a"), min_size=1, max_size=2),
)

_SCALARS = (
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["a", "b", "", "aab", "é", 1e300, 0.5])
)
_REFERENCES = st.sampled_from(
    ["#", "#/a", "#/a/0", "#/nothing", "other.yaml#/a", "#/a/b", "", "#a", "http://["]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    _SCALARS | _REFERENCES.map(lambda reference: {"$ref": reference}),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=10,
)
"""Documents with references, some of which lead nowhere or back."""
