"""Reads: sources and files, records, and the scores that follow from counts."""
