"""Readout without a workspace: a Slack on localhost, for the demo, for play and for the tests."""
