"""What an operator sees and sets: settings, doctor, health, logs, tracing, manifest."""
