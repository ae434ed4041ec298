"""The public calculator: the law over what the visitor types, no database."""
