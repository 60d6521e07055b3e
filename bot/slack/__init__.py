"""Slack: what arrives from there, and how a reply is shown."""
