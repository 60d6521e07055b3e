"""For the operator: settings, health, logs, tracing, the trial of a judge; and exported files."""
