"""The engine without a model, which chooses sentences of the sources."""
