"""The language server: findings, fixes and references of contracts, while they are written.

`server` speaks the Language Server Protocol 3.17; what the other modules decide is synchronous and takes texts and
values. Whatever is slow runs in a thread, and a result that has been overtaken by another keystroke is dropped.
"""
