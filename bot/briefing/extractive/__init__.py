"""The engine without a model: it chooses sentences of the sources and says what they are."""
