"""The decision about an exchange: synchronous, without any I/O, the clock handed in."""

from .admission import admit
from .decision import decide
from .limiting import demands, granted
from .requests import examine
from .responses import judge_response

__all__ = ["admit", "decide", "demands", "examine", "granted", "judge_response"]
