"""The writer that asks a model."""
