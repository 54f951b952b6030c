"""Small files that must be there after a power cut, and files that must be gone after they are destroyed."""

import errno
import fcntl
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})


def no_room(error: OSError) -> bool:
    """Whether a file could not be written because the disk takes no more: it is full, or fails."""
    return error.errno in _NO_ROOM


def make_directory(path: Path) -> Path:
    """A directory that only its owner enters."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def sync_directory(path: Path) -> None:
    """Make names that were added to or removed from a directory durable."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_once(path: Path, data: bytes) -> bool:
    """Write a file whole and durably; False, and nothing done, when somebody else wrote it first."""
    draft = path.with_name(
        f".{path.name}.{secrets.token_hex(8)}"
    )  # threads, and machines, write beside each other
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        try:
            if os.write(handle, data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle)
        finally:
            os.close(handle)
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    sync_directory(path.parent)
    return True


def destroy(path: Path) -> None:
    """Overwrite a small file where it lies, then remove it. Missing is fine.

    A disk that writes elsewhere on each write (an SSD's own layer) may keep a copy: encrypt the disk as well.
    """
    try:
        handle = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return
    try:
        os.pwrite(handle, bytes(os.fstat(handle).st_size), 0)
        os.fsync(handle)
    finally:
        os.close(handle)
    path.unlink(missing_ok=True)
    sync_directory(path.parent)


def destroy_large(path: Path) -> None:
    """Overwrite a file of any size where it lies, then remove it. Missing is fine."""
    try:
        handle = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return
    try:
        size, step = os.fstat(handle).st_size, bytes(1024 * 1024)
        for at in range(0, size, len(step)):
            os.pwrite(handle, step[: size - at], at)
        os.fsync(handle)
    finally:
        os.close(handle)
    path.unlink(missing_ok=True)
    sync_directory(path.parent)


@contextmanager
def locked(path: Path) -> Iterator[int]:
    """A file opened for reading and writing, alone among processes; made when missing."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def append(path: Path, lines: Sequence[str]) -> None:
    """Add lines to a file, durably."""
    if lines:
        with locked(path) as handle:
            os.pwrite(handle, "".join(f"{line}\n" for line in lines).encode(), os.fstat(handle).st_size)
            os.fsync(handle)
