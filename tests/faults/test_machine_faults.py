"""Whatever befalls model, display, sound, buttons, clock and history, the mirror goes on, and says what is wrong."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
import pygame
import pytest
from bystander import CONFIG, Bystander, performance, run_beside
from done import REP, a_set
from kept import read_history

from kiosk import app
from kiosk.config import Config, LampPins, Pins, change_config
from kiosk.devices import model_file
from kiosk.devices.buttons import Buttons
from kiosk.devices.lamps import Lamps
from kiosk.devices.model_file import find_model
from kiosk.devices.motion import KEPT, Motion
from kiosk.devices.movenet import PoseModel
from kiosk.devices.pace import OVER, PLANNED_PER_S, SPARED_FOR, Pace
from kiosk.devices.virtual import VirtualCamera
from kiosk.devices.watcher import Watcher
from kiosk.drills import find_drill
from kiosk.eyes import choose_eyes
from kiosk.figure.film import Film
from kiosk.records.database import BESIDE
from kiosk.records.history import FILE, History
from kiosk.scoring.verdict import Light
from kiosk.session.events import Action
from kiosk.sound import card, speaker
from kiosk.trouble import KioskError

#: Pins of the buttons, as the settings have them by default.
PINS = Pins()


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))
    return tmp_path / "state" / FILE


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    return partial(run_beside, monkeypatch=monkeypatch)


# --- the model


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (lambda model: model[:100_000] + bytes([model[100_000] ^ 1]) + model[100_001:], "one bit is wrong"),
        (lambda model: model[: len(model) // 2], "is cut in half"),
        (lambda model: b"<!doctype html>", "is a web page"),
        (lambda model: b"", "is empty"),
        (None, "is absent"),
    ],
)
def test_a_model_that_is_not_right_is_not_run(
    harm: Callable[[bytes], bytes] | None,
    what: str,
    shared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    told: Callable,
) -> None:
    manifest = model_file.read_manifest()
    (tmp_path / "manifest.json").write_bytes((model_file.FOLDER / "manifest.json").read_bytes())
    if harm:
        (tmp_path / manifest.file).write_bytes(harm((shared / "models" / manifest.file).read_bytes()))
    monkeypatch.setattr("kiosk.eyes.find_model", lambda: find_model(tmp_path))
    monkeypatch.setattr("kiosk.eyes.read_manifest", lambda: manifest)
    begun = time.monotonic()
    eyes = choose_eyes(Config(camera="auto"), find_drill("hinge"))
    took = time.monotonic() - begun
    assert eyes.load_model is None
    assert [trouble.key for trouble in eyes.troubles] == ["no_model"]
    told(f"model file {what}", "simulated person shown, said on the screen", took)


class SlowModel(PoseModel):
    """The real model on a machine that takes ``add`` seconds longer for each pass."""

    add = 0.0

    def _invoke(self, glance: object) -> np.ndarray:
        began = time.perf_counter()
        seen = super()._invoke(glance)  # type: ignore[arg-type]
        time.sleep(self.add)
        self.pace._took[-1] = 1e3 * (time.perf_counter() - began)
        return seen


def test_ten_times_slower_the_lights_lag_by_two_poses_at_most(shared: Path, beside: Callable, told: Callable) -> None:
    film = [(shot.frame.image, shot.pose) for shot in list(Film("hinge", reps=1, fps=5.0, seed=1))[:20]]
    models: list[SlowModel] = []

    def load() -> SlowModel:
        models.append(SlowModel(shared / "models/movenet_singlepose_lightning_int8_4.tflite", passes=None))
        return models[0]

    def slow_down(by: Bystander) -> None:
        by.until(lambda: models and models[0].pace.median_ms and len(models[0].pace._took) == OVER, 30.0)
        usual = models[0].pace.median_ms
        models[0].add = max(0.12, 10 * usual / 1e3)
        by.until(lambda: models[0].pace.lean, 30.0)
        assert models[0].passes == 1, "no second pass"
        shown: list[tuple[float, float]] = []  # when it was exposed, and when its lights were
        lamps, show = by.mirror.parts.lamps, by.mirror.parts.lamps.show

        def note(light: Light) -> None:
            verdict = by.mirror.coach.verdict
            if verdict and (not shown or shown[-1][0] != verdict.t):
                shown.append((verdict.t, time.monotonic()))
            show(light)

        lamps.show = note
        time.sleep(4.0)
        lamps.show = show
        lags = [lit - exposed for exposed, lit in shown]
        between = median(np.diff([exposed for exposed, _ in shown]))
        assert len(lags) > 10
        assert max(lags) < 2 * between + 0.05, "two poses, and a pass of the loop"
        assert not by.troubles
        models[0].add = 0.0
        took = by.until(lambda: not models[0].pace.lean, 30.0)
        told(f"inference ten times slower ({usual:.0f} → {1e3 * between:.0f} ms a pose)", "lights lag", max(lags))
        told("inference quick again", "all looks again", took)

    beside(slow_down, camera=VirtualCamera(lambda t: film[int(5 * t) % len(film)]), load_model=load)


def test_a_board_that_is_throttled_is_spared_until_it_has_cooled(told: Callable) -> None:
    now, hot = [0.0], [False]
    pace = Pace(strain=lambda: ("throttled",) if hot[0] else (), clock=lambda: now[0])

    def look(seconds: float) -> tuple[float, int]:
        """Looks a second, and outlines of the back, at 5 ms a pass."""
        looks = outlines = 0
        until = now[0] + seconds
        while now[0] < until:
            pace.begin()
            now[0] += 0.033  # the next picture
            pace.take(5.0)
            looks, outlines = looks + 1, outlines + pace.outlines(now[0])
            now[0] += pace.pause()
        return looks / seconds, outlines / seconds

    assert look(10) == (pytest.approx(30, abs=1), pytest.approx(30, abs=1))
    assert pace.passes == 2
    hot[0] = True
    look(6)
    assert look(10) == (pytest.approx(PLANNED_PER_S, abs=0.2), pytest.approx(2, abs=0.2))
    assert pace.passes == 1
    hot[0], cooled = False, now[0]
    while pace.spared:
        look(1)
    took = now[0] - cooled
    assert took <= SPARED_FOR + 1
    look(5)
    assert pace.passes == 2
    told("board throttled by heat (simulated clock)", "10 poses a second, back 2 Hz, one pass; then as before", took)


# --- display and sound


def test_a_display_that_is_lost_is_opened_anew(beside: Callable, told: Callable) -> None:
    def lose(by: Bystander) -> None:
        by.frames()
        real = by.mirror.parts.screen._again
        gone = [True]

        def again() -> object:
            if gone[0]:
                raise KioskError("display fullscreen: cannot be opened: kmsdrm not available")
            return real()

        by.mirror.parts.screen._again = again
        pygame.display.quit()
        by.until(lambda: "no_screen" in by.troubles)
        frames = by.mirror.parts.watcher.frames
        time.sleep(2.5)
        assert by.mirror.parts.watcher.frames > frames + 20, "it goes on, with lamps and sounds"
        gone[0] = False
        took = by.until(lambda: not by.troubles)
        assert took < 1.5
        assert pygame.display.get_surface().get_bounding_rect().w, "and something is to be seen on it"
        told("display lost for 2.5 s", "lamps and sounds go on; opened anew", took)

    beside(lose)


def test_without_a_display_it_ends_with_one_line(capsys: pytest.CaptureFixture[str], told: Callable) -> None:
    begun = time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SDL_VIDEODRIVER", "kmsdrm")
        with pytest.raises(KioskError, match="display fullscreen: cannot be opened: kmsdrm: "):
            app.run(Config(display="fullscreen", camera="figure"), app.Wishes(seconds=1))
    told("no display at the start", "ends with one line: systemd starts it anew", time.monotonic() - begun)


def test_a_sound_card_that_is_lost_is_opened_anew(
    beside: Callable, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, told: Callable
) -> None:
    monkeypatch.setattr(card, "CARDS", tmp_path)
    (tmp_path / "pcmC0D0p").touch()
    monkeypatch.setattr(speaker, "LOOK_EVERY", 0.2)

    def lose(by: Bystander) -> None:
        heard = by.mirror.parts.speaker
        by.until(lambda: heard.ready)
        for what, harm in {
            "sound card lost (the mixer ends)": pygame.mixer.quit,
            "sound card pulled out, another plugged in": lambda: (tmp_path / "pcmC0D0p").rename(tmp_path / "pcmC1D0p"),
        }.items():
            before = heard._signals
            harm()
            took = by.until(lambda before=before: heard.ready and heard._signals is not before)
            time.sleep(0.3)
            told(what, "the set goes on, opened anew", took)

    beside(lose, config=change_config(CONFIG, sound={"volume": 0.5, "voice": False}))


# --- buttons, lamps, motion sensor


class Hand:
    """A hand at the real buttons on mock pins, in a time of its own."""

    def __init__(self, factory: object) -> None:
        self.now = 0.0
        self.factory = factory
        self.buttons = Buttons(PINS, clock=lambda: self.now)
        self.heard: list[Action] = []

    def touch(self, pin: int, for_s: float, open_s: float) -> None:
        line = self.factory.pin(pin)  # type: ignore[attr-defined]
        line.drive_low()
        self.go_on(for_s)
        line.drive_high()
        self.go_on(open_s)

    def go_on(self, seconds: float) -> None:
        """Time passes, in passes of the loop."""
        until = self.now + seconds
        while self.now < until:
            self.now = min(until, self.now + 1 / 60)
            self.heard += [press.action for press in self.buttons.presses(self.now)]


def test_a_button_that_is_stuck_is_one_press_and_the_others_work(factory: object, told: Callable) -> None:
    hand = Hand(factory)
    with hand.buttons:
        factory.pin(PINS.select).drive_low()  # type: ignore[attr-defined]
        hand.go_on(3600)
        assert hand.heard == [Action.BACK]
        hand.touch(PINS.next, 0.1, 0.2)
        assert hand.heard == [Action.BACK, Action.NEXT]
        factory.pin(PINS.select).drive_high()  # type: ignore[attr-defined]
        hand.go_on(1)
        hand.touch(PINS.select, 0.1, 0.2)
    assert hand.heard == [Action.BACK, Action.NEXT, Action.SELECT]
    told(
        "select stuck for an hour (simulated clock)", "one long press; the others work, and it too once it lets go", 0.1
    )


def test_a_button_stuck_from_before_the_start_is_no_press_for_ever(factory: object, told: Callable) -> None:
    hand = Hand(factory)
    factory.pin(
        PINS.next,
    ).drive_low()  # type: ignore[attr-defined]
    with hand.buttons:
        hand.go_on(60)
        assert len(hand.heard) <= 1
        hand.touch(PINS.previous, 0.1, 0.2)
    assert hand.heard[-1] is Action.PREVIOUS
    told("next stuck from before the start (simulated clock)", "the others work", 0.1)


def test_a_bouncing_button_is_one_press(factory: object, told: Callable) -> None:
    hand = Hand(factory)
    with hand.buttons:
        for _ in range(20):
            for _ in range(50):
                hand.touch(PINS.next, 0.0001, 0.0001)
            hand.touch(PINS.next, 0.1, 0.0)
            for _ in range(50):
                hand.touch(PINS.next, 0.0001, 0.0001)
            hand.go_on(0.2)
    assert hand.heard == [Action.NEXT] * 20
    told("button bounces 100 times at each press (simulated clock)", "20 presses of 20", 0.0)


def test_pressed_fifty_times_a_second_the_mirror_keeps_up_and_works_afterwards(
    factory: object, beside: Callable, told: Callable
) -> None:
    """No finger does that: a contact that opens for 10 ms has not been let go, so it is a press that trembles."""

    def hammer(by: Bystander) -> None:
        by.frames()
        coach = by.mirror.coach
        before, scenes, begun = by.scene, by.mirror.outcome.scenes, time.monotonic()
        line = factory.pin(PINS.next)  # type: ignore[attr-defined]
        for _ in range(250):
            line.drive_low()
            time.sleep(0.01)
            line.drive_high()
            time.sleep(0.01)
        rate = (by.mirror.outcome.scenes - scenes) / (time.monotonic() - begun)
        assert rate > 30, "passes of the loop a second, meanwhile"
        assert before != by.scene, "it was felt"
        taken: list[object] = []
        take = coach.take
        coach.take = lambda event: (taken.append(event), take(event))
        time.sleep(0.1)  # it has been let go
        line.drive_low()
        took = by.until(lambda: [event for event in taken if getattr(event, "action", None) is Action.NEXT])
        line.drive_high()
        assert took < 0.2
        told("button pressed 50 times a second", "kept up, works at once afterwards", took)

    beside(hammer)


def test_fifty_keys_a_second_are_all_taken(beside: Callable, told: Callable) -> None:
    def hammer(by: Bystander) -> None:
        by.frames()
        pressed: list[object] = []
        take = by.mirror.coach.take
        by.mirror.coach.take = lambda event: (pressed.append(event), take(event))
        for _ in range(250):
            by.press(pygame.K_RIGHT)
            time.sleep(0.02)
        took = by.until(lambda: len([event for event in pressed if hasattr(event, "action")]) == 250)
        told("50 keys a second for 5 s", "250 presses of 250", took)

    beside(hammer)


def test_buttons_that_cannot_be_had_are_said_and_the_keyboard_works(
    monkeypatch: pytest.MonkeyPatch, beside: Callable, told: Callable
) -> None:
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "nosuchfactory")

    def look(by: Bystander) -> None:
        by.frames()
        assert [trouble.key for trouble in by.mirror.outcome.troubles] == ["no_buttons"]
        by.press()
        took = by.until(lambda: by.scene == "Choosing")
        told("buttons' pins cannot be had", "said on the screen; the keyboard works", took)

    beside(look)


def test_lamps_that_fail_are_said_and_tried_again(
    factory: object, monkeypatch: pytest.MonkeyPatch, told: Callable
) -> None:
    with Lamps(LampPins(red=17, amber=27, green=22)) as lamps:
        monkeypatch.setattr(factory.pin(17), "_set_state", fail)  # type: ignore[attr-defined]
        lamps.show(Light.RED)
        assert lamps.trouble
        monkeypatch.undo()
        begun = time.monotonic()
        lamps.show(Light.GREEN)
        assert lamps.trouble is None
        assert factory.pin(22).state  # type: ignore[attr-defined]
    told("a lamp's pin fails", "said; lit again with the next light", time.monotonic() - begun)


def fail(*_: object) -> None:
    raise OSError(5, os.strerror(5))


def test_a_sensor_that_flickers_floods_nothing(
    factory: object, monkeypatch: pytest.MonkeyPatch, told: Callable
) -> None:
    with Motion(4) as motion:
        begun = time.monotonic()
        for _ in range(10_000):
            motion._moved.append(0.0)
        assert len(motion.moved()) == KEPT
        assert not motion.moved()
    told("motion sensor flickers 10 000 times", f"{KEPT} kept, one sign a pass", time.monotonic() - begun)


# --- clock


@pytest.mark.parametrize(("years", "way"), [(-30, "back"), (+30, "forward")])
def test_a_clock_that_jumps_changes_no_set_and_loses_none(
    years: int, way: str, own_state: Path, monkeypatch: pytest.MonkeyPatch, beside: Callable, told: Callable
) -> None:
    wall = [time.time()]
    monkeypatch.setattr("kiosk.memory.time", type("", (), {"time": staticmethod(lambda: wall[0])}))
    monkeypatch.setattr(app, "Memory", partial(app.Memory, clock=lambda: wall[0]))

    def jump(by: Bystander) -> None:
        by.until(lambda: by.mirror.outcome.reps >= 1, 30.0)
        wall[0] += years * 365 * 86400
        reps = by.mirror.outcome.reps
        took = by.until(lambda: by.mirror.outcome.reps > reps, 15.0)
        by.press()
        by.until(lambda: by.scene == "Asking" or by.scene == "Summary" or by.scene == "Question")
        by.press(pygame.K_ESCAPE)
        by.until(lambda: by.scene == "Summary")
        told(f"clock jumps {abs(years)} years {way} in a set", "the set goes on and is kept", took)

    beside(jump, config=change_config(CONFIG, profile="Ann"))
    (done,) = read_history(own_state)
    assert done.reps >= 1


# --- history


@pytest.mark.parametrize(
    ("harm", "what", "key"),
    [
        (lambda path: path.write_bytes(b"\xa5" * 8192), "is overwritten", "history_damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "is cut off", "history_damaged"),
        (lambda path: set_version(path, 999), "is of a newer version", "not_kept"),
    ],
)
def test_a_damaged_history_is_set_aside_and_the_set_kept(
    harm: Callable[[Path], object], what: str, key: str, own_state: Path, beside: Callable, told: Callable
) -> None:
    with History(own_state) as history:
        history.keep([a_set(n, REP) for n in range(50)], {})
    for ending in BESIDE:
        own_state.with_name(own_state.name + ending).unlink(missing_ok=True)
    harm(own_state)

    def look(by: Bystander) -> None:
        took = by.until(lambda: key in by.troubles)
        by.until(lambda: by.mirror.outcome.reps >= 1, 30.0)
        told(f"database {what}", "set aside, said" if key == "history_damaged" else "left alone, said", took)

    beside(look, config=change_config(CONFIG, profile="Ann"))
    assert len(list(own_state.parent.glob("*.damaged-*"))) == (key == "history_damaged")


def set_version(path: Path, version: int) -> None:
    database = sqlite3.connect(path)
    database.execute(f"pragma user_version = {version}")
    database.close()


def test_a_history_that_another_program_holds_is_waited_for(own_state: Path, beside: Callable, told: Callable) -> None:
    with History(own_state) as history:
        history.keep([a_set(1, REP)], {})
    other = sqlite3.connect(own_state, isolation_level=None)

    def hold(by: Bystander) -> None:
        by.until(lambda: by.mirror.outcome.reps >= 1, 30.0)
        begun = time.monotonic()
        other.execute("begin exclusive")
        by.press()
        by.until(lambda: by.scene == "Question")
        by.press(pygame.K_ESCAPE)
        by.until(lambda: "not_kept" in by.troubles)
        other.execute("rollback")
        told("database locked by another program", "said; kept with the next set", time.monotonic() - begun)

    other = sqlite3.connect(own_state, isolation_level=None, check_same_thread=False)
    beside(hold, config=change_config(CONFIG, profile="Ann"))
    other.close()


def test_the_watcher_that_dies_ends_the_mirror(told: Callable) -> None:
    def load() -> PoseModel:
        raise KioskError("no TFLite runtime can run this model")

    begun = time.monotonic()
    with Watcher(lambda: VirtualCamera(performance()), load) as watcher:
        while watcher._death is None and time.monotonic() - begun < 5:
            time.sleep(0.01)
        with pytest.raises(KioskError, match="no TFLite"):
            watcher.newest()
    told("the model's runtime cannot run it", "ends with one line: systemd starts it anew", time.monotonic() - begun)
