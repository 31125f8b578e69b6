"""What stops an operator at the terminal, as distinct from `kit.errors.Refused`, which speaks to people."""


class OperatorError(Exception):
    """Something outside the program is in the way; the message is one sentence with a way out."""
