"""The thief with a server's files, on files made by hand: what would tell no test when the thief fell short."""

from pathlib import Path

from storage.sealing import Key, fresh_key
from tests.storage.cluster_thief import PAGE, ClusterThief

VALUE = (16724).to_bytes(4, "little")
"""A number that a value gets in a new database, and that a table of PostgreSQL's own has in it too: there it is "TA"
with nothing after it, in `sql_sizing`."""

CUT = 1996

TEXT = b"Kanarie".rjust(3968)
"""The word stands in the last piece but one: who lacks a piece before it does not read it."""


def pieces(value: bytes, sealed: bytes) -> bytes:
    """A sealed text as the rows of its pieces: the number of the value and of the piece, the size, the piece."""
    rows = []
    for number, at in enumerate(range(0, len(sealed), CUT)):
        piece = sealed[at : at + CUT]
        long = ((len(piece) + 4) << 2).to_bytes(4, "little")
        size = long if len(piece) > 126 else bytes([(len(piece) + 1) * 2 + 1])
        rows.append(value + number.to_bytes(4, "little") + size + piece)
    return b"".join(rows)


def stolen(folder: Path, key: Key, files: dict[str, bytes]) -> bool:
    """Whether who has these files of a database, and the key, reads the word."""
    base = folder / "base"
    base.mkdir()
    (folder / "one.key").write_bytes(key.secret)
    for name, content in files.items():
        (base / name).write_bytes(content.ljust(PAGE, b"\x07"))
    return ClusterThief(folder, marks=("Kanarie",)).finds("Kanarie")


def test_a_value_is_put_together_from_its_pieces_in_any_file(tmp_path: Path) -> None:
    key = fresh_key()
    rows = pieces(VALUE, key.seal(TEXT, "row"))
    middle = rows.index(VALUE, 1)

    assert stolen(tmp_path, key, {"1": rows[middle:], "2": rows[:middle]})


def test_numbers_of_another_table_that_look_like_a_piece_hide_no_value(tmp_path: Path) -> None:
    key = fresh_key()
    alike = (614).to_bytes(4, "little") + bytes(150)
    looks = b"".join(VALUE + number.to_bytes(4, "little") + alike for number in range(3))

    assert stolen(tmp_path, key, {"1": looks, "2": pieces(VALUE, key.seal(TEXT, "row")), "3": looks})


def test_without_the_key_or_a_piece_nothing_is_read(tmp_path: Path) -> None:
    key = fresh_key()
    rows = pieces(VALUE, key.seal(TEXT, "row"))
    for name, has, content in (("a", fresh_key(), rows), ("b", key, rows[rows.index(VALUE, 1) :])):
        (tmp_path / name).mkdir()
        assert not stolen(tmp_path / name, has, {"1": content})


def test_what_stands_after_nothing_is_no_value_of_which_there_are_pieces_everywhere(tmp_path: Path) -> None:
    nothing = bytes(4)
    alike = b"".join(pieces(nothing, bytes([number]) * CUT) for number in range(1, 200))
    (tmp_path / "1").write_bytes(pieces(nothing, fresh_key().seal(TEXT, "row")))
    (tmp_path / "2").write_bytes(alike)

    assert len(ClusterThief(tmp_path).loot) < 10
