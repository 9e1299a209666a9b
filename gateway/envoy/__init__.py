"""Envoy in front: it carries the traffic, and asks the same decisions over its own protocols.

External authorization (envoy.service.auth.v3) judges requests, external processing (envoy.service.ext_proc.v3)
judges responses.
"""
