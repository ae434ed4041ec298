"""What the audit does that leaves a fact: one file, one public function."""
