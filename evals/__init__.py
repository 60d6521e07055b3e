"""Measures how good the checks are, on claims made from articles of our own."""
