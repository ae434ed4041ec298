"""Published tables that change without a release: the monthly maximum conventional rate of the BCE (LSS art. 89).

Owns the rates, entered by one officer and approved by another. States that a rate was registered and approved.
"""
