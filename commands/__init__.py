"""Commands of the operator's command line that are too long to stand in manage.py."""
