"""What the processes write of themselves: the log of failures and the log of security.

One line for each thing, in JSON; no password, no key and no number of a person is in it.
"""
