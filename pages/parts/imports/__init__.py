"""What the page of imports shows: the attempts, one of them in full, and how to import."""
