"""The pure core: what a briefing is. It knows no vendor, no clock and no environment."""
