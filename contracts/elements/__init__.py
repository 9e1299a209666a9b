"""The pieces that the normalised model is made of: values only, no behaviour.

`contracts.model` is the door: it names all of them and builds them.
"""
