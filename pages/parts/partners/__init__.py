"""What the portfolio of partners shows: the question asked, where, with whom, and whether the agreements are used."""
