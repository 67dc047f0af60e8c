"""What the page of a change shows."""
