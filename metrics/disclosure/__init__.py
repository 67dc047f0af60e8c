"""Small numbers: what readers may know of persons whose records are not theirs (statistical disclosure control)."""
