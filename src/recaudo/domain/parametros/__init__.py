"""Tables that change without a release: the BCE's maximum conventional rate (LSS art. 89).

Owns the rates, entered by one officer and approved, or returned, by another. States that a rate was
registered, approved, returned with its reason.
"""
