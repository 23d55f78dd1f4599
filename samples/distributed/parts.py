"""What both examples share: one SQLite connection a process, and the query of one part."""

import sqlite3

QUERY = """
    SELECT label_type, count(*) FROM yidu_s4k_entities(?, NULL, NULL, ?, ?) GROUP BY label_type
"""
WHOLE = "SELECT label_type, count(*) FROM yidu_s4k_entities(?) GROUP BY label_type ORDER BY label_type"

_connections = {}


def connect(extension):
    """The connection of this process; the extension must lie at the same place on every machine."""
    if extension not in _connections:
        db = sqlite3.connect(":memory:")
        db.enable_load_extension(True)
        db.load_extension(extension)
        _connections[extension] = db
    return _connections[extension]


def count_part(extension, path, part, parts):
    """The rows of one part: [(label_type, count), ...]. The parts together are the whole file."""
    return connect(extension).execute(QUERY, (path, part, parts)).fetchall()


def single(extension, path):
    """The same answer without an engine."""
    return connect(extension).execute(WHOLE, (path,)).fetchall()
