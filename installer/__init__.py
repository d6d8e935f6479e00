"""How Foothold is fetched, frozen, packed and tried. Nothing here is part of the program."""
