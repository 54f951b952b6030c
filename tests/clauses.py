"""`make clauses`: does a test fail when the data of a clause is deleted or altered?

    python -m tests.clauses [CLAUSE…]

For every clause of the five regulations each datum that carries it is deleted once, and altered once for each of
its values, in a copy of the scheme. The tests marked ``@pytest.mark.clause("BG-8")`` then run on that copy. When
they all still pass, they prove nothing about it, and the clause is named. Exit status 1 when there is any.

All tests are collected once; each copy is tried in a forked child, which needs no new imports.
"""

import os
import sys
import tempfile
import traceback
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from _pytest.runner import runtestprotocol

from flows import greeting
from flows import schemes as shipped
from flows.engine import advance
from flows.events import Said, Started
from flows.loading import parse, version
from flows.scheme import Scheme
from flows.session import Fresh
from locales.rendering import render
from tests import schemes
from tests.mutations import LEDGER, Mutation, mutations, unchanged

CHILDREN = 2
"""Copies tried at the same time."""

FAILED, PASSED, BROKEN = 0, 1, 2
"""How a child ends: a test failed (the change was caught), all passed, or the child itself broke."""


class Trial(msgspec.Struct, frozen=True):
    """One copy and the clause whose tests it is tried on."""

    clause: str
    mutation: Mutation


class Result(msgspec.Struct):
    """What was seen of one clause."""

    tests: int
    tried: dict[str, int]
    survivors: list[str]

    @property
    def proven(self) -> bool:
        return self.tests > 0 and not self.survivors and all(self.tried.values())


class Runner:
    """A pytest plugin that, once all tests are collected, tries every copy instead of running them."""

    def __init__(self, wanted: tuple[str, ...], folder: Path) -> None:
        self.wanted = wanted
        self.folder = folder
        self.results: dict[str, Result] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        by_clause: dict[str, list[pytest.Item]] = defaultdict(list)
        for item in session.items:
            for mark in item.iter_markers("clause"):
                for clause in mark.args:
                    by_clause[clause].append(item)
        for clause in self.wanted:
            self.results[clause] = Result(len(by_clause[clause]), {"deleted": 0, "altered": 0}, [])
        _warm()
        self._control(by_clause)
        self._try_all(by_clause)
        return True

    def _control(self, by_clause: dict[str, list[pytest.Item]]) -> None:
        """The tests must pass on a copy in which nothing changed but how it is written."""
        for scheme in LEDGER:
            same = Mutation((), scheme, "unchanged", "", unchanged(scheme))
            trials = [Trial(c, same) for c in self.wanted if c in LEDGER[scheme] and by_clause[c]]
            for trial, status in self._run(trials, by_clause):
                if status != PASSED:
                    self.results[trial.clause].survivors.append("its tests fail on the scheme as it is")

    def _try_all(self, by_clause: dict[str, list[pytest.Item]]) -> None:
        trials = [
            Trial(clause, mutation)
            for scheme in LEDGER
            for mutation in mutations(scheme)
            for clause in mutation.clauses
            if clause in self.wanted
        ]
        for trial in trials:
            self.results[trial.clause].tried[trial.mutation.kind] += 1
        for trial, status in self._run([t for t in trials if by_clause[t.clause]], by_clause):
            if status != FAILED:
                why = "still passes" if status == PASSED else "could not be tried"
                self.results[trial.clause].survivors.append(
                    f"{trial.mutation.what} {trial.mutation.kind}: {why}"
                )

    def _run(self, trials: list[Trial], by_clause: dict[str, list[pytest.Item]]) -> list[tuple[Trial, int]]:
        running: dict[int, Trial] = {}
        ended: list[tuple[Trial, int]] = []
        todo = list(reversed(trials))
        while todo or running:
            while todo and len(running) < CHILDREN:
                trial = todo.pop()
                running[self._fork(trial, by_clause[trial.clause])] = trial
            pid, status = os.wait()
            if pid in running:
                ended.append((running.pop(pid), os.waitstatus_to_exitcode(status)))
        return ended

    def _fork(self, trial: Trial, items: list[pytest.Item]) -> int:
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid:
            return pid
        status = BROKEN
        try:
            status = self._child(trial, items)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def _child(self, trial: Trial, items: list[pytest.Item]) -> int:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        folder = self.folder / str(os.getpid())
        folder.mkdir()
        try:
            _install(trial.mutation, folder, items)
        except ValueError:
            return FAILED
        return FAILED if any(_fails(item) for item in items) else PASSED


def _warm() -> None:
    """Talks a little with each scheme, so that word lists and catalogues are read here and not in every child."""
    now = datetime(2026, 5, 20, 12, tzinfo=UTC)
    for id in LEDGER:
        for locale in greeting.locales(schemes.scheme(id)):
            session = greeting.begin(schemes.scheme(id), "terminal", locale)
            for event in (
                Started("terminal", locale),
                Said("Gisteren in Haarlem schreeuwde mijn coach. 0612345678"),
            ):
                turn = advance(
                    schemes.scheme(id), session, event, now, Fresh("7K4Q92WX", "appel fiets maandag")
                )
                session = turn.session
                for message in turn.messages:
                    render(message, session.locale)


def _install(mutation: Mutation, folder: Path, items: list[pytest.Item]) -> None:
    """Lets everything in this process see the copy instead of the scheme. Raises `SchemeError` if unreadable."""
    (folder / f"{mutation.scheme}.yaml").write_text(mutation.text, encoding="utf-8")
    os.environ[schemes.FOLDER] = str(folder)
    real = shipped.text
    shipped.text = lambda id: mutation.text if id == mutation.scheme else real(id)
    shipped.load.cache_clear()
    # Read as JSON, which the copies are: a tenth of the time, and once instead of wherever it is loaded.
    changed = msgspec.structs.replace(
        msgspec.json.decode(mutation.text, type=Scheme), hash=version(mutation.text)
    )

    def known(content: str | bytes, name: str) -> Scheme:
        return changed if content == mutation.text else parse(content, name)

    setattr(shipped, "parse", known)  # noqa: B010
    setattr(schemes, "parse", known)  # noqa: B010
    schemes.parsed.cache_clear()
    # Tests may have read the scheme when they were collected, into a constant of their module or a parameter.
    for item in items:
        names = getattr(getattr(item, "module", None), "__dict__", {})
        values = getattr(getattr(item, "callspec", None), "params", {})
        for place in (names, values):
            for name, value in list(place.items()):
                if isinstance(value, Scheme) and value.id == mutation.scheme:
                    place[name] = changed


def _fails(item: pytest.Item) -> bool:
    """Runs one test; whether its set-up, call or tear-down failed."""
    return any(report.failed for report in runtestprotocol(item, nextitem=None, log=False))


def table(results: dict[str, Result]) -> str:
    """What was seen, a line for each clause, then what survived."""
    lines = [f"{'clause':8}{'tests':>6}{'deleted':>10}{'altered':>10}  proven"]
    for clause, result in results.items():
        lines.append(
            f"{clause:8}{result.tests:6}{_caught(result, 'deleted'):>10}{_caught(result, 'altered'):>10}"
            f"  {'yes' if result.proven else 'NO'}"
        )
    for clause, result in results.items():
        if not result.tests:
            lines.append(f"{clause}: no test is marked with it")
        for kind, tried in result.tried.items():
            if not tried:
                lines.append(f"{clause}: no datum can be {kind}")
        lines += [f"{clause}: {survivor}" for survivor in result.survivors]
    return "\n".join(lines)


def _caught(result: Result, kind: str) -> str:
    missed = sum(f" {kind}: " in survivor for survivor in result.survivors)
    tried = result.tried[kind]
    return f"{tried - missed if result.tests else 0}/{tried}"


def main(arguments: list[str]) -> int:
    """Tries the clauses named in `arguments`, or all. Returns the exit status."""
    every = tuple(clause for clauses in LEDGER.values() for clause in clauses)
    unknown = [clause for clause in arguments if clause not in every]
    if unknown:
        print(f"No such clause: {', '.join(unknown)}. The clauses are {', '.join(every)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="gehoord-clauses-") as folder:
        runner = Runner(tuple(arguments) or every, Path(folder))
        status = pytest.main(
            ["tests", "-m", "clause", "-p", "no:cacheprovider", "-p", "no:xdist", "-q"], [runner]
        )
    if not runner.results:
        print("The tests could not be collected.", file=sys.stderr)
        return int(status) or 1
    print(table(runner.results))
    unproven = [clause for clause, result in runner.results.items() if not result.proven]
    print(f"\n{len(runner.results) - len(unproven)} of {len(runner.results)} clauses proven.")
    return 1 if unproven else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
