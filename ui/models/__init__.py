"""Qt item models: ids and a cache of pages, never all rows."""
