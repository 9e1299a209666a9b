"""Judgement as data: rulesets, compatibility and gate profiles, runtime policies."""
