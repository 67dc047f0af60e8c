"""Batches: what every import added, changed and withdrew, how that is undone, and the history of a record."""
