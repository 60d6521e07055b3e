"""Assembly, the worker and the listener: the only place that knows everything."""
