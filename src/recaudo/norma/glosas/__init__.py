"""When a glosa is issued and what it opens."""
