"""The electronic inbox and the glosas it brings."""
