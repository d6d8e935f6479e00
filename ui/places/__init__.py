"""One place, one file; places do not know each other."""
