"""The server around the pages: what it refuses, how it answers, what it logs, and whether it is ready."""
