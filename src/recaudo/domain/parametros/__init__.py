"""Tables that change without a release: the BCE's maximum conventional rate (LSS art. 89).

Owns the rates, entered by one officer and approved by another. States that a rate was
registered and approved.
"""
