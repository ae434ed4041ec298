"""How Ecuador writes numbers and dates; Django's own `es` groups with a hard space."""
