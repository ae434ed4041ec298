"""The integrated system of collection and portfolio that Resolución C.D. 497 orders."""

__version__ = "0.2.0"
