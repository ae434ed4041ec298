"""Deadlines of any matter, counted once and never edited (COA 158 to 162; rulebook cartera §2.5).

Owns the deadlines, which of them are running, and what their end caused. States the deadlines that
ended. It knows no glosa, notice or agreement: whoever opens one says of what, by which rule of
`norma`, from which day, and the name of what happens when it ends.
"""
