"""What is read across rooms: reports and the audit. They read; they never compute law nor write."""
