"""The API door: the law as a calculator, and the verification of documents, for other programs.

Reading only, public, without sessions. Amounts travel as text (`"1234.50"`), never as binary
fractions. Every refusal has one shape, `{"rechazo": {"codigo", "mensaje", "norma", "campo"}}`, and
every status an operation can answer is in `openapi.json`.
"""
