"""HTTP/1.1 at both ends: the front that clients talk to, the pools of upstream connections, and what lies between.

Everything here runs on callbacks of asyncio protocols and httptools (llhttp) rather than on tasks: a call costs no
task and no future. Decisions are made by `gateway.pipeline`.
"""
