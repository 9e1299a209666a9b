"""Paths brought into one form, and the trie that finds their operation."""
