"""Everything is measured here: jobs, one process a core; what fails is told and the rest goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from kiosk.accuracy import backline, confusion, everyday, filmed, keypoints, leans, movement, photos, tracks
from kiosk.accuracy.bends import BODIES as BACK_BODIES
from kiosk.accuracy.bends import RECORDED, USUAL, BackSet, back_sets
from kiosk.accuracy.card import Angle, Backs, CountRow, GhostRow, Leans, PlankRow, Real, Simulated, TrackRow, spread
from kiosk.accuracy.card import Photos as PhotoRow
from kiosk.accuracy.sets import BODIES, Plan, Set
from kiosk.accuracy.sources import Sources
from kiosk.accuracy.spines import read_spines
from kiosk.trouble import KioskError

#: The whole measurement, and one that shows that it works; as many pictures a second as the slowest board looks at.
FULL = Plan(good=2, faulty=2, reps=2, fps=8)
QUICK = Plan(good=1, faulty=0, reps=2, fps=8)
#: Every so many good sets are looked at with the mirrored pass, too.
TWICE_EVERY = 12
#: Angles asked of the simulated person seen through the model, degrees and index points (biomechanics 5.7, tightened).
AT_MOST = {"trunk": 4.0, "shin": 5.0, "knee": 6.0, "hip": 7.0, "neck": 12.0, "hinge_index": 8.0}
#: About what a job costs, in looks at one picture: it makes the bar run evenly and long jobs begin first.
EVERYDAY_COST, RECORDING_COST, TRACK_COST, PHOTO_COST, BACK_COST, SINK_COST = 110, 60, 40, 150, 480, 5000
#: Seconds of a set beside its repetitions, and of one of these.
SET_SECONDS, REP_SECONDS = 5.0, 6.0


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of the measurement, done in a process of its own: ``kind`` says what its result is."""

    kind: str
    name: str
    cost: float
    run: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """What all jobs gave."""

    simulated: Simulated | None
    everyday: tuple[GhostRow, ...]
    real: Real
    troubles: tuple[str, ...]
    backs: Backs = field(default_factory=Backs)
    leans: Leans = field(default_factory=Leans)


def measure(sources: Sources, model: Path, *, quick: bool) -> Measured:
    """Everything that can be measured with ``sources``; a progress bar on a terminal.

    A job that fails is told among the troubles.  Raises KioskError when a process is ended from outside.
    """
    plan = QUICK if quick else FULL
    sets = _sampled(plan.sets()) if quick else plan.sets()
    results, troubles = run_jobs(_jobs(sources, model, sets, plan.fps, quick))
    if not quick:
        # nothing can be said of a fault whose repetitions, by chance of the place, could hardly be judged
        more = plan.more_sets(confusion.hardly_judged(results.get("set", [])), len(sets))
        found, failed = run_jobs([_set_job(each, model, twice=False) for each in more])
        sets, troubles = [*sets, *more], sorted(troubles + failed)
        results.setdefault("set", []).extend(found.get("set", []))
    seen = movement.Seen()
    for clip in results.get("recording", ()):
        seen.add(clip)
    watched = results.get("track", [])
    rows: list[TrackRow] = [row for row, _ in watched]
    ghosts = [*movement.ghost_rows(seen), *(ghost for _, found in watched for ghost in found)]
    counts: list[CountRow] = [*movement.count_rows(seen), *results.get("swings", ())]
    planks: list[PlankRow] = [row for found in results.get("planks", ()) for row in found]
    pictures: list[PhotoRow] = sorted(results.get("photos", ()), key=lambda row: row.passes)
    real = Real(
        tracks=tuple(sorted(rows, key=lambda row: (row.drill, row.name))),
        labels=tracks.label_rows(rows),
        angles=movement.angle_rows(seen),
        strategies=movement.strategy_rows(seen),
        counts=tuple(counts),
        ghosts=_added(ghosts),
        photos=tuple(pictures),
        planks=tuple(planks),
    )
    walks = [row for found in results.get("everyday", ()) for row in found]
    return Measured(
        simulated=_simulated(results.get("set", []), sets),
        backs=_backs(results),
        leans=leans.rate(results["sink"]) if "sink" in results else Leans(),
        everyday=_added(walks),
        real=real,
        troubles=tuple(troubles),
    )


def _jobs(sources: Sources, model: Path, sets: Sequence[Set], fps: float, quick: bool) -> list[Job]:
    jobs = [_set_job(each, model, twice=n % TWICE_EVERY == 0 and not each.fault) for n, each in enumerate(sets)]
    scenes = everyday.scenes(fps)
    for scene in scenes[:: len(BODIES)] if quick else scenes:
        jobs.append(Job("everyday", scene.script, EVERYDAY_COST, partial(everyday.look_at, scene, model)))
    jobs += [
        Job("back", each.name, BACK_COST, partial(backline.look_at, each, what, model))
        for what, each in _back_sets(sources, quick)
    ]
    for body in leans.BODIES[:1] if quick else leans.BODIES:
        jobs.append(Job("sink", f"body {body}", SINK_COST, partial(leans.visit, body, model)))
    for film in backline.cats(BACK_BODIES[:1] if quick else BACK_BODIES)[:: 3 if quick else 1]:
        jobs.append(Job("cats", "cat and cow", BACK_COST, partial(backline.count_cats, film, model)))
    if sources.mocap:
        files = sorted(sources.mocap.glob("*.npz"))
        yaws = movement.YAWS[:1] if quick else movement.YAWS
        for path in files[::8] if quick else files:
            jobs.append(Job("recording", path.stem, RECORDING_COST, partial(movement.look_at_file, path, yaws)))
    if sources.tracks:
        for label in tracks.read_labels(sources.tracks):
            path = sources.tracks / label["file"]
            jobs.append(Job("track", path.stem, TRACK_COST, partial(tracks.watch_track, path, label)))
    if sources.photos:
        for passes in (1, 2):
            run = partial(photos.look_at_photos, sources.photos, model, passes)
            jobs.append(Job("photos", f"{passes} passes", PHOTO_COST, run))
    if sources.planks:
        jobs.append(Job("planks", "planks", TRACK_COST, partial(keypoints.look_at_planks, sources.planks)))
    if sources.swings:
        jobs.append(Job("swings", "swings", TRACK_COST, partial(keypoints.count_swings, sources.swings)))
    return sorted(jobs, key=lambda job: -job.cost)


def _back_sets(sources: Sources, quick: bool) -> list[tuple[str, BackSet]]:
    """Films of backs, each with the row that it belongs to; of a quick measurement one a row."""
    sets = back_sets(list(read_spines(sources.mocap)) if sources.mocap else [])
    return list(dict(reversed(sets)).items()) if quick else sets


def _backs(results: dict[str, list[Any]]) -> Backs:
    films, cats = results.get("back", []), results.get("cats", [])
    order = {what: n for n, what in enumerate(dict.fromkeys(film.what for film in films))}
    films = sorted(films, key=lambda film: order[film.what])
    usual = [film for film in films if film.what in (USUAL, RECORDED)]
    read = [
        msgspec.structs.replace(row, what=f"{row.what}: {name}")
        for name in backline.READINGS
        for row in backline.rate(usual, name)
    ]
    return Backs(rows=tuple(backline.rate(films)), read=tuple(read), cats=backline.rate_cats(cats) if cats else None)


def _sampled(sets: Sequence[Set]) -> list[Set]:
    """One good set a drill: enough to see that everything works."""
    first = {each.drill: each for each in reversed(sets)}
    return list(first.values())


def _set_job(each: Set, model: Path, *, twice: bool) -> Job:
    name = f"{each.drill} {each.fault or 'good'}"
    cost = (SET_SECONDS + REP_SECONDS * each.reps) * each.fps * (1.5 if twice else 1)
    return Job("set", name, cost, partial(filmed.score, each, model, twice=twice))


def run_jobs(jobs: Sequence[Job], processes: int | None = None) -> tuple[dict[str, list[Any]], list[str]]:
    """Results by kind, in the order of the jobs; and what failed, with the reason."""
    done: dict[int, Any] = {}
    troubles = []
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_end_with_parent)
    try:
        with _progress(sum(job.cost for job in jobs)) as advance:
            waiting: dict[Future, int] = {pool.submit(job.run): n for n, job in enumerate(jobs)}
            for future in as_completed(waiting):
                n = waiting[future]
                try:
                    done[n] = future.result()
                except BrokenProcessPool:
                    raise KioskError("a measuring process ended abruptly (is there memory enough?)") from None
                except Exception as error:  # one part that fails must not take the others with it; it is told
                    troubles.append(f"{jobs[n].kind} {jobs[n].name}: {type(error).__name__}: {error}")
                advance(jobs[n].cost)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    results: dict[str, list[Any]] = {}
    for n in sorted(done):
        results.setdefault(jobs[n].kind, []).append(done[n])
    return results, sorted(troubles)


def _end_with_parent() -> None:
    """A worker has nothing to clean up and nothing to say: interrupted it just ends, and never outlives its parent."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    parent = parent_process()
    assert parent, "a worker has one"
    parent.join()
    os._exit(1)  # a parent that was killed takes nothing any more


@contextmanager
def _progress(total: float) -> Iterator[Callable[[float], None]]:
    """A bar on a terminal's stderr, nothing elsewhere."""
    console = Console(stderr=True)
    columns = TextColumn("measuring"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda cost: bar.advance(task, cost)


def _simulated(scored: Sequence[filmed.Scored], sets: Sequence[Set]) -> Simulated | None:
    if not scored:
        return None
    names = dict.fromkeys(name for each in scored for name in each.errors)
    angles = tuple(
        Angle(what="through the model", angle=name, error=spread(_all(scored, name)), at_most=AT_MOST.get(name))
        for name in names
    )
    twice = [each for each in scored if each.mirrored]
    mirrored = tuple(
        Angle(what=what, angle=name, error=spread([e for each in twice for e in getattr(each, where).get(name, ())]))
        for name in filmed.ANGLES
        if twice
        for what, where in (("one pass", "errors"), ("with the mirrored pass", "mirrored"))
    )
    return Simulated(
        sets=len(scored),
        drills=confusion.drill_rows(scored),
        faults=confusion.fault_rows(scored, {(each.drill, each.fault) for each in sets}),
        unmeasured=confusion.unmeasured(),
        angles=angles,
        mirrored=mirrored,
    )


def _all(scored: Sequence[filmed.Scored], name: str) -> list[float]:
    return [error for each in scored for error in each.errors.get(name, ())]


def _added(rows: Sequence[GhostRow]) -> tuple[GhostRow, ...]:
    """One row a drill."""
    found: dict[str, GhostRow] = {}
    for row in rows:
        old = found.get(row.drill, GhostRow(drill=row.drill, minutes=0.0, ghosts=0, where={}))
        where = {key: old.where.get(key, 0) + row.where.get(key, 0) for key in {**old.where, **row.where}}
        found[row.drill] = GhostRow(
            drill=row.drill, minutes=old.minutes + row.minutes, ghosts=old.ghosts + row.ghosts, where=where
        )
    return tuple(found.values())
