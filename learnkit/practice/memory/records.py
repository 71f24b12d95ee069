"""Files of records: JSON tables of entries, written whole or not at all, shared by several kernels.

merge(path, {"a_name": {"guess": 20}})   # added to what is there
read(path)                               # {"a_name": {"guess": 20}}
"""

import contextlib
import errno
import json
import os
import tempfile
import time

PATIENCE = 2  # seconds to wait for another kernel, which needs a few milliseconds
HELD_BY_ANOTHER = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
LEFT_BEHIND = 60  # seconds; a half-written file that is older has lost its kernel


class Damaged(ValueError):
    """The file is there and holds no records."""


def read(path):
    """Return the records of a file, {name: entry}; none if there is no file.

    Raises Damaged if the file holds something else, and OSError if it cannot be read.
    """
    try:
        records = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (ValueError, RecursionError):
        raise Damaged(path.name) from None
    tables = [records, *records.values()] if isinstance(records, dict) else [records]
    if not all(isinstance(table, dict) for table in tables):
        raise Damaged(path.name)
    return records


def merge(path, changes):
    """Add entries to a file of records, {name: entry}.

    Returns the name that a damaged file was put aside under, or "".
    Raises OSError if the file cannot be written, or if another process keeps it locked; then it is
    as it was.
    """
    path.parent.mkdir(exist_ok=True)
    with _alone(path.parent):
        aside = ""
        try:
            records = read(path)
        except Damaged:
            records, aside = {}, _put_aside(path)
        for name, entry in changes.items():
            records[name] = {**records.get(name, {}), **entry}
        _write(path, records)
        _sweep(path.parent)
    return aside


@contextlib.contextmanager
def _alone(folder):
    """Keep other kernels out between reading and writing.

    The system unlocks the file when a process ends, however it ends.
    """
    with open(folder / "lock", "a") as file:
        deadline = time.monotonic() + PATIENCE
        while not _may_go_on(file):
            if time.monotonic() > deadline:
                raise TimeoutError(errno.ETIMEDOUT, "another program keeps it locked")
            time.sleep(0.01)
        yield


def _may_go_on(file):
    """Lock the file unless another holds it; where files cannot be locked at all, go on without."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            from fcntl import LOCK_EX, LOCK_NB, flock  # a browser has the module without these

            flock(file, LOCK_EX | LOCK_NB)
    except ImportError:
        return True
    except OSError as refused:
        return refused.errno not in HELD_BY_ANOTHER
    return True


def _write(path, records):
    """Write beside the file, then put it in its place in one move: nobody ever reads half of it."""
    number, beside = tempfile.mkstemp(prefix=f"{path.stem}.", suffix=".new", dir=path.parent)
    try:
        with open(number, "w", encoding="utf-8") as file:
            json.dump(records, file, indent=1)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _put_aside(path):
    """Rename a damaged file to the first name that is free, and return that name."""
    count = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{count}.json")).exists():
        count += 1
    os.replace(path, aside)
    return aside.name


def _sweep(folder):
    """Remove what a kernel that was killed in mid-write left behind."""
    for half_written in folder.glob("*.new"):
        with contextlib.suppress(OSError):
            if time.time() - half_written.stat().st_mtime > LEFT_BEHIND:
                half_written.unlink()
