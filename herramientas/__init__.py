"""What those who keep the house run: none of it is part of the program."""
