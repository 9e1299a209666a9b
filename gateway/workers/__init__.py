"""Several processes on one port: a supervisor forks and replaces them, each serves as a gateway of its own.

They share the port, the bundle's folder and the limits. Each has its own spool and its own counters; whoever is asked
for metrics or readiness answers for all.
"""
