"""What the page on readers and roles shows: the answer, the roles that hold, giving one, the history."""
