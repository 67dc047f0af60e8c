"""What the profile of a department shows, one module a section."""
