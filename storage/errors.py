"""Every way in which keeping something can fail. The docstring of an error is its default message.

Foreign exceptions (sqlite3, cryptography, pyrage, OSError) stop at the border of this package and come out as one
of these. The three branches say whose fault it is::

    StoreError
    ├── Refused              the caller's: nothing was changed; do something else
    │   ├── Duplicate            this message came in before: acknowledge it, answer nothing
    │   ├── Conflict             the conversation moved on: load it again and take the turn again
    │   ├── NumberTaken          draw another case number and take the turn again
    │   ├── NoRecipient          nobody is left who may read it: tell the client, show the outside ways
    │   ├── NoRecovery           the scheme has no tested recovery key yet
    │   ├── UnknownCase          no case has this number
    │   ├── UnknownOfficer       no officer has this id
    │   ├── UnknownAttachment    no attachment has this reference
    │   ├── UnknownLine          no line is behind this, or its client wiped it
    │   ├── LineClosed           this talk was ended; it can still be read
    │   ├── WrongPassword        the password does not open this officer's key
    │   ├── WrongRecovery        what was typed back is not the recovery key
    │   ├── NoAccess             the case is not sealed to this officer
    │   ├── Disabled             this officer's account was closed
    │   ├── NotApproved          this officer waits for someone who already has access
    │   ├── NotTheirs            letting others in is for those to whom complaints go, and for the recovery key
    │   ├── LastRecipient        without this officer nobody could read the scheme's cases
    │   ├── AlreadyThere         this officer, or something at this place, exists
    │   ├── Held                 a hold defers the destruction of this case
    │   └── NoHold               the scheme allows no hold
    ├── Broken               the disk's, or someone's who touched it: what is kept is not what was written
    │   ├── WrongKey             sealed under another key than the one offered
    │   ├── Truncated            a part of it is missing
    │   ├── Misplaced            sealed for another row or version: moved, swapped or altered
    │   ├── KeyGone              the key was destroyed, as promised: this cannot be read any more
    │   ├── Damaged              the database file itself is not in order
    │   └── Different            what was moved is not what it was
    └── Unready              the operator's: put something right and start again
        ├── StrangerKeys         these process keys do not belong to this database
        ├── NewerSchema          the database was written by a newer version of the program
        ├── PracticeOnly         the data directory was made for practice: it takes no real complaint
        ├── NotPractice          the data directory holds real data: practice does not touch it
        ├── NotEmpty             a backup is restored into an empty directory only
        ├── NotBroughtBack       the database to start again with is empty
        ├── DiskFull             nothing more fits on the disk
        ├── Busy                 another process holds the database for too long, or no server answers
        ├── NoServer             the database server does not answer, or refuses us
        ├── ReadOnly             the database server takes no changes: it follows another one
        ├── WrongEncoding        the database cannot hold every letter
        ├── Lent                 a pooler before the server takes a connection back after each transaction
        ├── WrongClock           the clocks of this machine and of the server differ too much
        ├── NoRights             the role may not do this in the database
        ├── NotOwner             the schema has to change, and the role does not own it
        ├── NoSchema             the role's search_path names no schema that is there
        ├── OtherTables          the database holds tables of another program
        ├── NoAddress            this is no address of a database
        ├── NoDriver             what talks with PostgreSQL is not installed
        ├── TwoDatabases         the data directory holds a database of its own
        ├── KeptElsewhere        the data directory holds the keys of a PostgreSQL database
        ├── Nothing              there is nothing to move
        ├── InUse                a process works with the data directory
        ├── Occupied             the database that a store is moved into is not empty
        └── HalfMoved            a store was half moved into this database
"""


class StoreError(Exception):
    """Something could not be kept or read."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or " ".join((type(self).__doc__ or "").split()))


class Refused(StoreError):
    """The store refused this; nothing was changed."""


class Duplicate(Refused):
    """This message came in before; it has had its effect."""


class Conflict(Refused):
    """The conversation moved on since it was loaded."""


class NumberTaken(Refused):
    """Another case has this number already."""


class NoRecipient(Refused):
    """Nobody is left who may read this; it was not filed."""


class NoRecovery(Refused):
    """This scheme has no tested recovery key, so it cannot take complaints."""


class UnknownCase(Refused):
    """No case has this number."""


class UnknownOfficer(Refused):
    """No officer has this id."""


class UnknownAttachment(Refused):
    """No attachment has this reference."""


class UnknownLine(Refused):
    """There is no line here, or its client wiped it."""


class LineClosed(Refused):
    """This talk was ended; it can still be read."""


class WrongPassword(Refused):
    """The password does not open this officer's key."""


class WrongRecovery(Refused):
    """What was typed is not the recovery key."""


class NoAccess(Refused):
    """The case is not sealed to this officer."""


class Disabled(Refused):
    """This officer's account was closed."""


class NotTheirs(Refused):
    """Only someone to whom complaints go lets others in, or the recovery key."""


class NotApproved(Refused):
    """This officer has not been approved yet by someone who already has access."""


class LastRecipient(Refused):
    """Without this officer nobody could read the cases of the scheme."""


class AlreadyThere(Refused):
    """This exists already."""


class Held(Refused):
    """A hold defers the destruction of this case."""


class NoHold(Refused):
    """This scheme does not allow that destruction is deferred."""


class Broken(StoreError):
    """What is kept is not what was written."""


class WrongKey(Broken):
    """Sealed under another key than the one offered."""


class Truncated(Broken):
    """A part of what was sealed is missing."""


class Misplaced(Broken):
    """Sealed for another row or version: it was moved, swapped or altered."""


class KeyGone(Broken):
    """The key to this was destroyed; it cannot be read any more."""


class Damaged(Broken):
    """The database file is damaged; restore the last backup."""


class Different(Broken):
    """A row of the new database is not what it was in the old one. Nothing was switched over: the old one stands. Make
    the new database anew (dropdb, createdb), and move once more."""


class Unready(StoreError):
    """The store cannot be used as it is."""


class StrangerKeys(Unready):
    """The process keys in the key directory do not belong to this database: every process on it needs the same."""


class NewerSchema(Unready):
    """The database was written by a newer version of this program; update the program."""


class PracticeOnly(Unready):
    """This data directory was made for practice: its keys lie in the clear, so it takes no real complaint."""


class NotPractice(Unready):
    """This data directory holds real data; practice needs a directory of its own."""


class NotEmpty(Unready):
    """A backup can only be restored into an empty data directory."""


class NotBroughtBack(Unready):
    """The database in GEHOORD_DATABASE is empty: bring it back first with PostgreSQL's own tools (pg_restore, psql)."""


class DiskFull(Unready):
    """Nothing more fits on the disk; nothing was half-written."""


class Busy(Unready):
    """Another process holds the database for too long, or its server does not answer."""


class NoServer(Unready):
    """The database server does not answer, or refuses us. Is GEHOORD_DATABASE right, and what does its log say?"""


class ReadOnly(Unready):
    """The database server takes no changes: it is a standby server, or default_transaction_read_only is on. Name the
    server that takes them in GEHOORD_DATABASE, or all of them with target_session_attrs=read-write."""


class WrongEncoding(Unready):
    """The database is not in UTF8, so it cannot hold every letter. Make another one: createdb --encoding UTF8
    --template template0."""


class Lent(Unready):
    """A pooler stands before the database server and takes a connection back after each transaction. Set
    pool_mode=session in it (PgBouncer), or name the server itself in GEHOORD_DATABASE."""


class WrongClock(Unready):
    """The clock of this machine and that of the database server differ by more than ten seconds, and who delivers
    what goes by the clock. Set both by a time server (NTP)."""


class NoRights(Unready):
    """The role in GEHOORD_DATABASE has no right to this in the database. It has to own its tables, or to have the
    rights that docs/operators.md lists."""


class NotOwner(Unready):
    """The tables have to be made or changed for this version, and the role in GEHOORD_DATABASE may not do that. Give
    this command, or gehoord doctor, once with the role that owns the database (docs/operators.md)."""


class NoSchema(Unready):
    """The search_path of the role in GEHOORD_DATABASE names no schema that is there and that it may use. Make the
    schema, grant USAGE on it, or set the search_path."""


class OtherTables(Unready):
    """The database holds tables of another program. Give Gehoord a database of its own."""


class NoAddress(Unready):
    """GEHOORD_DATABASE is no address of a database. Write postgresql://USER:PASSWORD@HOST/NAME, with % codes for
    special characters in the password."""


class NoDriver(Unready):
    """For GEHOORD_DATABASE the extra 'postgres' has to be installed: pip install 'gehoord[postgres]'."""


class TwoDatabases(Unready):
    """This data directory holds a SQLite database (gehoord.db), and GEHOORD_DATABASE names another one. Move the first
    there with gehoord migrate-store, or unset GEHOORD_DATABASE."""


class KeptElsewhere(Unready):
    """This data directory holds only keys: what they open is in a PostgreSQL database. Set GEHOORD_DATABASE."""


class Nothing(Unready):
    """There is no SQLite database (gehoord.db) in this data directory to move."""


class InUse(Unready):
    """A process works with this data directory: stop it first."""


class Occupied(Unready):
    """The PostgreSQL database is not empty: a store is moved into an empty one only."""


class HalfMoved(Unready):
    """A store was half moved into this database: go on with gehoord migrate-store."""
