"""The audit log: who did what when and what was refused, in the transaction of the change, chained by hashes.

Each event holds the SHA-256 of its fields and of the event before it, so that one that was changed, deleted, inserted
or moved shows (`verify`). The newest could still be cut off: how many events there are and the hash of the last stand
in `state`, too, and whoever writes that hash down elsewhere can ask for it later.

On both databases triggers refuse to change an event, and to delete one unless its time is over (`retention`). On
PostgreSQL the role that the monitor runs as is to have SELECT and INSERT on `audit_events` and `audit_anchors`, and
neither UPDATE, DELETE nor TRUNCATE: only the owner of the tables, who runs `manage.py retention`, deletes what is old.

What is kept of persons: the number of an account, never a name or a mail address; of students and staff nothing.
"""

from data_access.audit.actor import Actor
from data_access.audit.chain import Outcome, record, refused
from data_access.audit.verifying import Verified, verify

__all__ = ["Actor", "Outcome", "Verified", "record", "refused", "verify"]
