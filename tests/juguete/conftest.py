"""The files of the toy room are run in the other house, never here."""

collect_ignore = ["cuarto"]
