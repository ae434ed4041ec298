"""The front doors: office, portal, machines and clock, and the look they share (`vista`)."""
