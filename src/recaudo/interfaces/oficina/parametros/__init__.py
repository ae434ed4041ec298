"""Published rates: the list, one officer registers, another approves."""
