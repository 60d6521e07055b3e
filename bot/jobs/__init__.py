"""Durable work: what was accepted is done, also after a crash. dbos is known here alone."""
