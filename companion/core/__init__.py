"""The rules of a session: pure functions from a state and a command to events."""
