"""In which order a payment extinguishes a debt."""
