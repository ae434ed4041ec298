"""The law: pure functions over dated parameters. No Django, no database, no clock."""
