"""What the page of partners' names is made of."""
