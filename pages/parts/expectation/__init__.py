"""What the fair comparison shows: its filters, the funnel, departments and the mix of one of them."""
