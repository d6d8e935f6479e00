"""Pieces used by more than one place; none knows what is stored."""
