"""What keeps a backup from being made or put back; the message says what was wrong, then what there is instead."""


class BackupError(ValueError):
    """Nothing was changed: neither a file nor a database."""
