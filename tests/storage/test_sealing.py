"""Every way in which something sealed can be wrong has its own name."""

import hmac

import pyrage  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import errors
from storage.passwords import QUICK, unwrap, wrap
from storage.sealing import Key, Pair, fresh_key, fresh_pair, seal_for

KEY = Key(bytes(range(32)))


@given(st.binary(max_size=3000), st.text(max_size=40))
def test_what_a_key_sealed_it_opens(plain: bytes, bound: str) -> None:
    assert KEY.open(KEY.seal(plain, bound), bound) == plain


@given(st.binary(max_size=3000), st.text(max_size=40))
def test_what_is_sealed_for_two_each_opens_alone(plain: bytes, belongs: str) -> None:
    first, second = fresh_pair(), fresh_pair()
    sealed = seal_for([first.public, second.public], plain, belongs)
    assert (first.open(sealed, belongs), second.open(sealed, belongs)) == (plain, plain)


def test_other_key_is_the_wrong_key() -> None:
    with pytest.raises(errors.WrongKey):
        fresh_key().open(KEY.seal(b"x", "row|1"), "row|1")


def test_blob_moved_to_another_row_is_misplaced() -> None:
    with pytest.raises(errors.Misplaced):
        KEY.open(KEY.seal(b"x", "row|1"), "row|2")


def test_changed_byte_is_misplaced() -> None:
    sealed = KEY.seal(b"some text", "row|1")
    with pytest.raises(errors.Misplaced):
        KEY.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), "row|1")


@pytest.mark.parametrize("length", [0, 1, 21, 22, 40, -1])
def test_cut_blob_is_truncated(length: int) -> None:
    with pytest.raises(errors.Truncated):
        KEY.open(KEY.seal(b"some text of some length", "row|1")[:length], "row|1")


def test_blob_of_something_else_is_misplaced() -> None:
    with pytest.raises(errors.Misplaced):
        KEY.open(b"SQLite format 3\0" + bytes(40), "row|1")


def test_someone_it_was_not_sealed_for_has_the_wrong_key() -> None:
    with pytest.raises(errors.WrongKey):
        fresh_pair().open(seal_for([fresh_pair().public], b"x", "case|1"), "case|1")


def test_age_file_of_another_row_is_misplaced() -> None:
    pair = fresh_pair()
    with pytest.raises(errors.Misplaced):
        pair.open(seal_for([pair.public], b"x", "case|1"), "case|2")


@pytest.mark.parametrize("length", [0, 60, 200])
def test_cut_age_file_is_truncated(length: int) -> None:
    pair = fresh_pair()
    with pytest.raises(errors.Truncated):
        pair.open(seal_for([pair.public], b"x", "case|1")[:length], "case|1")


def test_changed_age_file_is_misplaced() -> None:
    pair = fresh_pair()
    sealed = seal_for([pair.public], b"x", "case|1")
    with pytest.raises(errors.Misplaced):
        pair.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), "case|1")


def test_short_and_long_texts_of_one_step_have_one_size() -> None:
    pair = fresh_pair()
    identity = pyrage.x25519.Identity.from_str(pair.secret)
    sealed = [seal_for([pair.public], bytes(size), "case|1") for size in (1, 500, 1000, 1100)]
    assert [len(pyrage.decrypt(one, [identity])) for one in sealed] == [1024, 1024, 1024, 2048]


def test_text_that_is_no_key_is_the_wrong_key() -> None:
    with pytest.raises(errors.WrongKey):
        Pair("AGE-SECRET-KEY-1NONSENSE")
    with pytest.raises(errors.WrongKey):
        seal_for(["age1nonsense"], b"x", "case|1")


def test_password_opens_what_it_wrapped_and_no_other_does() -> None:
    wrapped = wrap("AGE-SECRET-KEY-1", "appel fiets", "saskia", QUICK)
    assert unwrap(wrapped, "appel fiets", "saskia") == "AGE-SECRET-KEY-1"
    with pytest.raises(errors.WrongPassword):
        unwrap(wrapped, "appel fiet", "saskia")


def test_wrapped_key_of_a_colleague_is_misplaced() -> None:
    with pytest.raises(errors.Misplaced):
        unwrap(wrap("AGE-SECRET-KEY-1", "appel fiets", "saskia", QUICK), "appel fiets", "karel")


def test_wrapped_key_that_is_no_json_is_misplaced() -> None:
    with pytest.raises(errors.Misplaced):
        unwrap(b"{", "appel fiets", "saskia")


def test_keyed_hash_tells_parts_apart() -> None:
    hashes = {KEY.hash("ab", "c"), KEY.hash("a", "bc"), KEY.hash("abc"), fresh_key().hash("ab", "c")}
    assert len(hashes) == 4
    assert KEY.hash("ab", "c") in hashes


def test_keyed_hash_is_hmac_sha256_of_the_framed_parts() -> None:
    """As RFC 2104 has it, by the library: what lies in a store is found by it for years."""
    key = hmac.digest(KEY.secret, b"hash", "sha256")
    framed = b"\x00\x00\x00\x02ab\x00\x00\x00\x02\xc3\xab"
    assert KEY.hash("ab", "ë") == hmac.digest(key, framed, "sha256")[:16]


def test_every_error_has_a_message_of_its_own_and_stands_in_the_tree() -> None:
    found = [errors.StoreError]
    for kind in found:
        found.extend(kind.__subclasses__())
    messages = [str(kind()) for kind in found]
    assert len(set(messages)) == len(found)
    assert [kind.__name__ for kind in found if kind.__name__ not in (errors.__doc__ or "")] == []


def test_a_number_has_a_name_that_only_its_key_reads() -> None:
    key, other = fresh_key(), fresh_key()
    names = [key.name(number) for number in (0, 1, 2**20, 2**32 - 1)]

    assert names == [key.name(number) for number in (0, 1, 2**20, 2**32 - 1)]
    assert [key.number(name) for name in names] == [0, 1, 2**20, 2**32 - 1]
    assert [other.number(name) for name in names] == [None] * 4
    assert [key.number(name) for name in ("", "x" * 40, names[0][:-1], names[0][:-1] + "é")] == [None] * 4


@pytest.mark.parametrize(("length", "sealed"), [(0, 100), (93, 100), (94, 400), (393, 400), (394, 401)])
def test_a_message_is_filled_up_to_the_least_size_that_holds_it(length: int, sealed: int) -> None:
    pair = fresh_pair()
    blob = seal_for([pair.public], bytes(length), "x", (100, 400))

    assert len(pyrage.decrypt(blob, [pyrage.x25519.Identity.from_str(pair.secret)])) == sealed
    assert pair.open(blob, "x") == bytes(length)
