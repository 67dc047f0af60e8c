"""What the page of the university as a hub shows: preferences, dependence, exchange, and the network of partners."""
