"""The fingerprint of what was installed (S12): a digest of each thing, so what differs is named."""
