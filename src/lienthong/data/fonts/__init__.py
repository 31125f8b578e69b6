"""Texts of old Vietnamese fonts, and which reading of them is Vietnamese. Imports nothing heavy: each stage may."""
