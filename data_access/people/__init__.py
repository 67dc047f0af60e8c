"""Erasing and correcting persons: in every record, in every version of a record, and in every file that comes later."""
