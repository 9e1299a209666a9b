"""WebSockets passed through (RFC 6455): the handshake is judged as any GET, then bytes are relayed both ways.

A contract allows them by declaring a response 101. Messages are not looked at, and every call counts as unvalidated.
"""
