"""What Readout remembers, in SQLite or PostgreSQL."""
