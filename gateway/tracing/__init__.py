"""Traces of calls: W3C Trace Context on the wire, OpenTelemetry spans to a collector. Off unless configured."""
