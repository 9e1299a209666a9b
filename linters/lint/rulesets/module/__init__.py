"""Rulesets written as JavaScript modules, read without running them.

Most such files are data in JavaScript's spelling: imports of Spectral's own packages, constants, one literal object.
That much is read here. `recognition` tells such a file from YAML. `lexer` makes tokens, `cursor` walks over them,
`expressions` and `statements` make values of them, `imports` knows what Spectral's packages export, and
`definition` turns the exported value into a ruleset as YAML would hold it. Anything that has to be run (a function,
a call, a loop) is refused with its line.
"""
