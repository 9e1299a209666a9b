"""Mechanism: the lint engine, the breaking-change engine, the gate, and reports.

Pure and synchronous. What is judged, and how strictly, stands in `policies`.
"""
