"""Legal notices and their proof (COA 164 to 172; rulebook cartera §2.4).

Owns notices; a proven one opens a deadline, which `plazos` counts and keeps. States notices
placed, received, and those nobody opened. A deposit is never a notification; only proof of
reception starts a clock.
"""
