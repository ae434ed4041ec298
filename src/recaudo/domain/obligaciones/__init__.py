"""The spine: what is owed, by whom, since when, to the cent. Whoever creates debt
creates an obligación; whoever collects pays an obligación (C.D. 497 DG 7.ª and 8.ª).

Owns obligations and their state (planilla, glosa, paid…). States the changes of state.
"""
