"""Liên Thông: one connected system, from the centre to the grassroots."""
