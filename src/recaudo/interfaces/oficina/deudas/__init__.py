"""Debts of any class and any debtor, and the credits that pay them."""
