"""What the pages on evidence show: the records behind a figure, one record, and definitions."""
