import inspect
from typing import Any

from lading import gateway_options
from lading.commands import gateway, gateway_envoy


def options(command: Any) -> dict[str, Any]:
    return {
        name: held.annotation for name, held in inspect.signature(command, eval_str=True).parameters.items()
    }


def test_both_commands_have_the_same_options_where_they_have_them() -> None:
    alone, envoy = options(gateway.command), options(gateway_envoy.command)
    shared = {
        "contract": gateway_options.Contract,
        "upstream": gateway_options.Upstreams,
        "mode": gateway_options.Mode,
        "response_mode": gateway_options.ResponseMode,
        "base_path": gateway_options.BasePath,
        "rule": gateway_options.RuleTexts,
        "config": gateway_options.Config,
        "access_log": gateway_options.AccessLog,
    }
    assert {name: alone[name] for name in shared} == shared
    assert {name: envoy[name] for name in shared} == shared
    assert alone.keys() & envoy.keys() == shared.keys()
