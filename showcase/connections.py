"""How the databases are connected to: what a connection lives through, and how long it waits.

Whatever `DATABASE_URL` says of these itself is left as it is.
"""

from typing import Any

# SQLite, measured on 10,000 entries: a connection that is kept saves a seventh of the time of a
# page, for opening one costs more than a millisecond and the new one knows nothing of the file.
# Neither reading through mmap nor a larger cache was any faster, nor a smaller one slower.
SQLITE_PRAGMAS = {
    # Readers see the last commit while somebody writes, and nobody waits for them.
    "journal_mode": "WAL",
    # What is committed survives the process; the last moment before a power cut may not.
    "synchronous": "NORMAL",
    # What is sorted for a page need not go to the disk.
    "temp_store": "MEMORY",
    # Each thread keeps so many kilobytes of the file, which the system has in memory anyway.
    "cache_size": -500,
}
SQLITE = {
    # A writer takes its lock when it begins, so that it waits instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    # Seconds that it waits.
    "timeout": 20,
    "init_command": "".join(f"PRAGMA {name}={value};" for name, value in SQLITE_PRAGMAS.items()),
}

# PostgreSQL: each thread of a worker keeps its own connection, which is asked for a sign of life
# once in a request: 0.04 ms, where a new one takes 2.6 and more with TLS. A pool is for more
# threads than connections; here there are four, and a pool would be one more package.
POSTGRESQL = {
    "application_name": "showcase",
    # A host that swallows what is sent to it must hold nobody up: seconds for a new connection,
    # milliseconds for what an old one has sent, seconds until a silent one is asked for a sign.
    "connect_timeout": 2,
    "tcp_user_timeout": 5_000,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
}
# Seconds after which a connection is made anew, so that nothing gathers on the server's side.
POSTGRESQL_AGE = 600

# For the server of the site, not for commands: an import, a migration or a new index may take as
# long as it takes. libpq reads it from PGOPTIONS, where an operator may say otherwise.
LIMITS_OF_REQUESTS = {
    # A page that takes so long is one that nobody waits for any more.
    "statement_timeout": "15s",
    # Shorter, because an editor who waits for another one's import should hear of it.
    "lock_timeout": "10s",
    # Nothing of ours waits within a transaction for something else.
    "idle_in_transaction_session_timeout": "60s",
}
PGOPTIONS = " ".join(f"-c {name}={value}" for name, value in LIMITS_OF_REQUESTS.items())


def tuned(config: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a database with how it is connected to."""
    is_file = is_sqlite(config)
    ours = SQLITE if is_file else POSTGRESQL
    return config | {
        "OPTIONS": ours | config.get("OPTIONS", {}),
        "CONN_MAX_AGE": None if is_file else POSTGRESQL_AGE,
        # A server may have been started again in between; a file is there or is not.
        "CONN_HEALTH_CHECKS": not is_file,
    }


def is_sqlite(config: dict[str, Any]) -> bool:
    return bool(config["ENGINE"] == "django.db.backends.sqlite3")
