"""Meetings: prepare, hold, follow live, print the minutes."""
