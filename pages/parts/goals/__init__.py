"""What the page of goals shows of one goal beside its path: where it leads, what if, and the departments' share."""
