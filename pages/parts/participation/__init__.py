"""What the page of participation shows: the question asked, and its answer piece by piece."""
