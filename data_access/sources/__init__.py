"""Sources that the monitor asks itself, when an operator says so: nothing here runs while a page is read."""
