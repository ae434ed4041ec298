"""Official catalogues that ship with the law."""
