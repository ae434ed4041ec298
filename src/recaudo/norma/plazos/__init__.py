"""Terms, holidays and due dates."""
