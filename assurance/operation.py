"""The promises on what survives: faults, kills, backups and upgrades, each in a module of its own."""

from assurance import all_or_nothing, backups_in_use, killed_writers, upgrades

PROMISES = (
    *all_or_nothing.PROMISES,
    *killed_writers.PROMISES,
    *backups_in_use.PROMISES,
    *upgrades.PROMISES,
)
