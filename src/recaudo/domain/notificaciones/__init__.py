"""Legal notices and their proof (COA 164 to 172; rulebook cartera §2.4).

Owns notices: one attempt, by one channel, to one addressee of any kind, about a matter of any kind.
What a matter is, its room registers (`materias`); how a notice travels, its channel (`canales`).
A deposit is never a notification; only proof of reception opens a deadline, which `plazos` counts
and keeps, and of several attempts the first that is received counts. States notices sent,
received, failed, and those nobody opened.
"""
