"""What a contract is: documents, positions, references, and the normalised model.

Pure and synchronous. Everything here takes bytes or values and gives values; whoever calls decides where
the bytes come from.
"""
