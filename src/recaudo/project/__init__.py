"""Settings, URLs and wiring: the one place that knows everything and that nobody imports."""
