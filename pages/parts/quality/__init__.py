"""What the page of quality shows, and the marks that say on other pages that a figure is incomplete."""
