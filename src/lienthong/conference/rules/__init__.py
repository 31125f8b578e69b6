"""What a meeting's ledger amounts to, and what cannot be entered in it."""
