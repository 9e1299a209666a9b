"""Tables of the Arazzo Specification: data, read by `contracts.validity.workflows`."""
