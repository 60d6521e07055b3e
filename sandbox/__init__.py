"""A simulated Slack on localhost: for `readout demo`, `readout play` and the tests."""
