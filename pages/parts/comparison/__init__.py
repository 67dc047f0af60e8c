"""What the comparison of departments shows: the dots, who is missing and why, the table."""
