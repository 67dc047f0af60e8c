"""What is wrong or missing in the records: checks as declarations, findings as rows, and what they do to figures."""
