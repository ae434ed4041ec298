"""Rehearsals: the demonstration and the benchmarks. No door: they play the parts of all of them.

They make books that exist nowhere, through the acts and the loaders of the rooms; nothing of the
house depends on them but the commands `recaudo demo` and `recaudo medir`.
"""
