"""The front door of staff: dense, keyboard-friendly, scoped by province."""
