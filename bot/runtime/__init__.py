"""The bootstrap, the worker and the listener: the only place that knows every part."""
