"""Partners known by a name only: for which organization each stands, by a sure match or by a decision of a person."""
