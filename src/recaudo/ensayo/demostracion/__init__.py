"""The demonstration: an invented population and one cycle of collection through the real acts.

Nobody in it exists: numbers come from series that are not issued, names from lists of plants and
birds. The shares of provinces, the sizes of employers and the wages follow published statistics
(`datos/LEAME.md`). Everything is the same on every machine.
"""
