"""Durable work: accepted jobs are done, even after a crash. Only this package knows dbos."""
