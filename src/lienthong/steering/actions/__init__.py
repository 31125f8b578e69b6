"""Writes: bodies, plans, targets, tasks and what is told of them."""
