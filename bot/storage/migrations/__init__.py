"""The tables as they were, step by step, up to today's."""
