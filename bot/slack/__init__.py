"""Slack: what is heard there, and how a reply is shown."""
