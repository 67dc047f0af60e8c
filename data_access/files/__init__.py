"""Reading files that others made, in a process of its own: the rows of tables, the works of a list, or why neither."""
