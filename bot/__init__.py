"""Readout: briefings whose every line shows the passage it rests on."""
