"""What the program costs, measured from outside: a server on one core, its clients on another."""
