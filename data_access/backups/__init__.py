"""Backups: the whole database in one file, made while others write, checked, and put back as it was."""
