"""The promises on what survives faults, kills, losses, restarts and upgrades, each in a module of its own."""

from assurance import all_or_nothing, backups_in_use, database_lost, disk_full, killed_writers, restarts, upgrades

PROMISES = (
    *all_or_nothing.PROMISES,
    *killed_writers.PROMISES,
    *database_lost.PROMISES,
    *disk_full.PROMISES,
    *restarts.PROMISES,
    *backups_in_use.PROMISES,
    *upgrades.PROMISES,
)
