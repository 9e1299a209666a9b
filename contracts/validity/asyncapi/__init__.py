"""AsyncAPI's objects as tables, which become JSON Schemas when they are first needed."""
