"""Readout: briefings whose every line shows the passage it rests on."""

__version__ = "0.1.0"
