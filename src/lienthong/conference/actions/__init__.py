"""Writes: preparing a meeting, and what happens in it."""
