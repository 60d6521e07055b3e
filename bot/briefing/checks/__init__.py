"""The checks: pure functions from a line and its passages to the reasons against it."""
