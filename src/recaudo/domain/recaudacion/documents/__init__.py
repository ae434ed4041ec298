"""The content of each document as a frozen dataclass, and its Typst template."""
