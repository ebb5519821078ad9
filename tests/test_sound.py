"""What is heard: which signal when, tones that can be told apart, one sentence at a time, through SDL's own mixer.

espeak-ng is a stand-in here, a program that writes real WAV files, but for one test of the real one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import wave as wav
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rounds import go_round, make_mirror, performance
from texts import LANGUAGES

from kiosk import app, eyes
from kiosk.commands.checkup import sounds
from kiosk.config import Config, Sound, read_config, within
from kiosk.drills import DRILLS, find_drill
from kiosk.language import read_language
from kiosk.scoring.verdict import Refusal, Rung
from kiosk.session import scene
from kiosk.session.coach import Coach
from kiosk.session.cues import BETTER, Cue
from kiosk.session.show import FALL, REST, show
from kiosk.session.sounds import AGAIN_AFTER, BEGIN, SETTLED, Earcon, Heard, Teller, phrases
from kiosk.session.states import (
    Asking,
    Choosing,
    Dark,
    GettingReady,
    Plan,
    Resting,
    Session,
    Summary,
    Switching,
    Working,
)
from kiosk.sound import card, voice
from kiosk.sound.speaker import PATIENCE, SIGNALS, WORDS, Speaker, load
from kiosk.sound.tones import PEAK, wave
from kiosk.sound.voice import NoVoice, find_speech, speak
from kiosk.text import Text
from kiosk.trouble import BadInput
from kiosk.ui.screen import Screen

RATE = 44100
HINGE = DRILLS.index(find_drill("hinge"))
PLAN = Plan(HINGE, 8)
WORKING = Working(PLAN, 1.0, 1.0)


# --- which signal when ------------------------------------------------------------------------------------------------


def between(before: Session, after: Session, t: float = 10.0) -> Heard:
    """What is heard of ``before`` and ``after``, instructions apart."""
    heard = Teller(before, show(before, None, t)).step(after, show(after, None, t), t)
    return replace(heard, soon="")


PRAISED = replace(WORKING, reps=1, said=(Cue(9.0, "F10", BETTER, praise=True),))
CUED = replace(WORKING, reps=1, said=(Cue(9.0, "F10", "Long back."),))
REFUSED = replace(WORKING, refused=(Refusal(9.0, "shallow", "Not far enough."),))
DONE = replace(CUED, reps=8)
HELD = f"{find_drill('plank').hold_s:.0f} seconds: done. Come out of it gently."
REST_AFTER = Resting(DONE, replace(PLAN, number=2), 9.0, 69.0)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (WORKING, WORKING, Heard()),
        (WORKING, replace(WORKING, reps=1), Heard(Earcon.COUNTED)),
        (WORKING, CUED, Heard(Earcon.COUNTED, ("Long back.",))),
        (WORKING, PRAISED, Heard(Earcon.BETTER, (BETTER,))),
        (WORKING, REFUSED, Heard(Earcon.REFUSED)),
        (GettingReady(PLAN, 1.0), WORKING, Heard(None, (BEGIN,), True)),
        (WORKING, Summary(DONE, 9.0), Heard(Earcon.DONE, ("Long back.",), True)),
        (WORKING, REST_AFTER, Heard(Earcon.DONE, ("Long back.", REST), True)),
        (WORKING, Asking(WORKING, 9.0), Heard(Earcon.DONE, (FALL[0],), True)),
        (WORKING, Switching(WORKING, "right", 1, 9.0), Heard(Earcon.SWITCH, ("Switch sides: turn round",), True)),
        (Switching(WORKING, "right", 1, 9.0), WORKING, Heard(None, (BEGIN,), True)),
        (REST_AFTER, GettingReady(replace(PLAN, number=2), 69.0), Heard(Earcon.SWITCH, (), True)),
        (REST_AFTER, Summary(DONE, 9.0), Heard(None, (), True)),
        (Summary(DONE, 9.0), Dark(HINGE, 39.0), Heard(None, (), True)),
        (Dark(HINGE, 0.0), Choosing(HINGE, 1.0), Heard(None, (), True)),
        (WORKING, Choosing(HINGE, 9.0), Heard(None, (), True)),
    ],
)
def test_a_change_is_heard(before: Session, after: Session, expected: Heard) -> None:
    assert between(before, after) == expected


def test_the_same_cue_a_second_time_is_heard_a_second_time() -> None:
    again = replace(CUED, reps=2, said=(*CUED.said, Cue(13.0, "F10", "Long back.")))
    assert between(CUED, again).words == ("Long back.",)


def practise(key: str, reps: int) -> list[tuple[int, Heard]]:
    """The simulated person in a set of the drill of ``key``: after each pose how much was done, and what is heard."""
    coach, done, told = Coach.for_mirror(find_drill(key), 0.0, at_once=True), 0, []
    teller = Teller(coach.session, coach.picture(0.0))
    for pose in performance(key, reps):
        coach.take(pose)
        done += bool(coach.verdict and coach.verdict.rep)
        told.append((done, teller.step(coach.session, coach.picture(pose.t), pose.t)))
    return told


@pytest.mark.parametrize("key", [drill.key for drill in DRILLS])
def test_whatever_is_said_in_a_drill_was_known_before(key: str) -> None:
    known = set(phrases(find_drill(key)))
    said = 0
    for _, now in practise(key, 3):
        assert set(now.words) <= known
        known.add(now.soon)
        said += len(now.words)
    assert said


def test_every_repetition_of_a_set_has_its_signal() -> None:
    told = practise("hinge", 4)
    assert [now.earcon for _, now in told if now.earcon] == [Earcon.COUNTED] * 4
    assert [done for done, now in told if now.earcon] == [1, 2, 3, 4]


def test_a_hold_is_signalled_once_when_it_has_lasted_not_when_it_is_left() -> None:
    told = [now for _, now in practise("plank", 1) if now.earcon or HELD in now.words]
    assert told[0] == Heard(Earcon.COUNTED, (HELD,))
    assert all(now.earcon is Earcon.DONE for now in told[1:])


def test_an_instruction_that_stands_is_read_out_and_not_over_and_over() -> None:
    alone, seen = GettingReady(PLAN, 0.0), replace(WORKING, since=0.0)
    teller = Teller(Dark(HINGE, 0.0), scene.Dark())
    turn = scene.GettingReady("", Rung.SIDE_ON, "Turn your side to the mirror", "")
    still = replace(turn, rung=Rung.STILL, text="Stand tall and still")
    assert teller.step(alone, turn, 0.0).soon == turn.text, "so that it can be made"
    read = [(t, teller.step(alone, turn, t).words) for t in np.arange(0.1, 10.0, 0.1)]
    assert [(round(float(t), 1), words) for t, words in read if words] == [(SETTLED, (turn.text,))]
    assert not teller.step(alone, still, 10.0).words
    assert not teller.step(alone, turn, 10.5).words, "it is followed sooner than it could be read"
    assert not teller.step(alone, turn, 10.5 + SETTLED).words, "it was read not long ago"
    assert teller.step(alone, turn, SETTLED + AGAIN_AFTER).words == (turn.text,)
    assert teller.step(seen, show(seen, None, 30.0), 30.0).words == (BEGIN,)


def test_why_nothing_is_counted_is_read_out() -> None:
    lost = show(WORKING, None, 10.0)
    teller = Teller(WORKING, lost)
    words = [teller.step(WORKING, lost, t).words for t in (10.0, 10.0 + SETTLED, 14.0)]
    assert words == [(), ("I cannot see you: step back into view",), ()]


# --- the tones --------------------------------------------------------------------------------------------------------


def contour(samples: np.ndarray) -> tuple[int, ...]:
    """Whether each tone is higher (+1) than, lower (-1) than or as high (0) as the one before, read off the samples.

    A tone begins where it grows louder from one hundredth of a second to the next.
    """
    step = RATE // 100
    loud = np.abs(samples[: len(samples) // step * step].astype(int)).reshape(-1, step).max(axis=1)
    begins = [0, *(n for n in range(1, len(loud)) if loud[n] > 1.5 * loud[n - 1] and loud[n] > 0.2 * loud.max())]
    heights = [np.argmax(np.abs(np.fft.rfft(samples[(n + 1) * step : (n + 6) * step], RATE))) for n in begins]
    return tuple(
        int(np.sign(after - before)) if abs(after / before - 1) > 0.03 else 0 for before, after in pairwise(heights)
    )


def test_signals_are_told_apart_by_how_they_rise_and_fall() -> None:
    contours = {earcon: contour(wave(earcon, RATE)) for earcon in Earcon}
    assert contours == {
        Earcon.COUNTED: (),
        Earcon.REFUSED: (-1,),
        Earcon.BETTER: (1, 1),
        Earcon.SWITCH: (-1, 1, -1),
        Earcon.DONE: (0, 1),
    }


def test_signals_are_told_apart_by_their_rhythm_alone() -> None:
    def envelope(earcon: Earcon) -> np.ndarray:
        samples = np.abs(wave(earcon, RATE).astype(float))
        loud = np.zeros(RATE)
        loud[: len(samples)] = samples
        return loud.reshape(50, -1).max(axis=1) / samples.max()

    for one, other in combinations(Earcon, 2):
        assert np.abs(envelope(one) - envelope(other)).sum() > 3, f"{one} and {other}: 60 ms of full loudness apart"


@pytest.mark.parametrize("earcon", Earcon)
@pytest.mark.parametrize("rate", [22050, 44100, 48000])
def test_a_signal_begins_at_once_and_ends_without_a_click(earcon: Earcon, rate: int) -> None:
    samples = wave(earcon, rate)
    loudest = int(np.abs(samples.astype(int)).max())
    assert samples.dtype == np.int16
    assert loudest == pytest.approx(PEAK * 32767, abs=1)
    assert 0.05 < len(samples) / rate <= 1.0
    assert np.abs(samples[: rate // 50].astype(int)).max() > loudest / 2, "within 20 ms"
    assert abs(int(samples[0])) < loudest / 50
    assert np.abs(samples[-rate // 500 :].astype(int)).max() < loudest / 10


# --- quiet hours ------------------------------------------------------------------------------------------------------


def at(clock: str) -> time.struct_time:
    return time.strptime(clock, "%H:%M")


@pytest.mark.parametrize(
    ("hours", "quiet", "loud"),
    [
        ("22:00-07:00", ("22:00", "23:59", "00:00", "06:59"), ("07:00", "12:00", "21:59")),
        ("12:30-14:00", ("12:30", "13:59"), ("12:29", "14:00", "00:00")),
        ("00:00-00:00", ("00:00", "12:00"), ()),
        ("", (), ("00:00", "12:00")),
    ],
)
def test_hours_may_span_midnight(hours: str, quiet: tuple[str, ...], loud: tuple[str, ...]) -> None:
    assert all(within(hours, clock) for clock in quiet)
    assert not any(within(hours, clock) for clock in loud)


@pytest.mark.parametrize(
    "text", ['quiet = "22-7"', 'quiet = "24:00-07:00"', "volume = 1.1", "volume = -0.1", "loud = 1"]
)
def test_settings_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"config\.toml"):
        read_config(f"[sound]\n{text}\n", "config.toml")


# --- the voice --------------------------------------------------------------------------------------------------------

#: Writes down the sentence that it is given, and hands over a ready file.
STAND_IN = """#!/bin/sh
while [ "$1" != -w ]; do shift; done
/bin/cat >> "$SPOKEN"
echo >> "$SPOKEN"
/bin/cp "$READY" "$2"
exit ${FAILS:-0}
"""
SPOKEN_S = 0.3


@pytest.fixture
def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """An espeak-ng on the PATH, and an empty cache; gives what it was asked to speak."""
    program, log = tmp_path / "bin" / "espeak-ng", tmp_path / "spoken"
    program.parent.mkdir()
    program.write_text(STAND_IN)
    program.chmod(0o755)
    ready = tmp_path / "ready.wav"
    with wav.open(str(ready), "wb") as file:
        file.setparams((1, 2, 22050, 0, "NONE", ""))
        file.writeframes(b"\x00\x20" * int(22050 * SPOKEN_S))
    monkeypatch.setenv("READY", str(ready))
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("SPOKEN", str(log))
    monkeypatch.setenv("CACHE_DIRECTORY", str(tmp_path / "cache"))
    return lambda: log.read_text().splitlines() if log.exists() else []


def test_a_sentence_is_spoken_once_and_kept(spoken: Callable[[], list[str]], tmp_path: Path) -> None:
    one, same, other = (speak(sentence, find_speech(), "en") for sentence in ("Long.", "Long.", "Soft."))
    assert one == same != other
    assert one.parent == tmp_path / "cache" / "speech"
    assert spoken() == ["Long.", "Soft."]
    with wav.open(str(one)) as file:
        assert file.getnframes() > 1000
    assert sorted(one.parent.iterdir()) == sorted([one, other]), "no parts are left"


def test_a_sentence_that_fails_leaves_nothing(
    spoken: Callable[[], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAILS", "1")
    with pytest.raises(NoVoice, match="espeak-ng cannot speak into"):
        speak("Long back.", tmp_path / "speech", "en")
    assert not list((tmp_path / "speech").iterdir())


def test_a_folder_that_cannot_be_made_is_no_voice(spoken: Callable[[], list[str]], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NoVoice, match="cannot speak into"):
        speak("Long back.", tmp_path / "file" / "speech", "en")


def test_without_espeak_there_is_no_voice_but_what_was_spoken_stays(
    spoken: Callable[[], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = speak("Long back.", find_speech(), "en")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert speak("Long back.", find_speech(), "en") == kept
    with pytest.raises(NoVoice, match="espeak-ng is not installed"):
        speak("Soft knees.", find_speech(), "en")
    with pytest.raises(NoVoice, match="espeak-ng is not installed"):
        speak("Soft knees.", tmp_path / "elsewhere", "en")
    assert not (tmp_path / "elsewhere").exists()


def test_speech_is_kept_where_a_service_or_a_person_keeps_such_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice, "OF_THE_SERVICE", tmp_path / "absent")
    monkeypatch.setenv("CACHE_DIRECTORY", "/var/cache/hinge-mirror:/other")
    assert find_speech() == Path("/var/cache/hinge-mirror/speech")
    monkeypatch.delenv("CACHE_DIRECTORY")
    monkeypatch.setenv("XDG_CACHE_HOME", "/home/ann/.quick")
    assert find_speech() == Path("/home/ann/.quick/hinge-mirror/speech")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert find_speech() == Path.home() / ".cache/hinge-mirror/speech"
    (tmp_path / "absent").mkdir()
    assert find_speech() == tmp_path / "absent" / "speech", "as the service's user, but not by systemd"


def test_each_language_has_its_own_file_of_the_same_words(spoken: Callable[[], list[str]]) -> None:
    assert speak("Rest", find_speech(), "en") != speak("Rest", find_speech(), "de")
    assert spoken() == ["Rest", "Rest"]


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is absent (apt-get install espeak-ng)")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_real_espeak_says_something(tmp_path: Path, language: str) -> None:
    cue = read_language(language).say(Text("Reach for the wall behind you with your hips."))
    with wav.open(str(speak(cue, tmp_path, language))) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        assert 1.5 < len(samples) / file.getframerate() < 6
    assert np.abs(samples.astype(int)).max() > 5000


# --- the loudspeaker --------------------------------------------------------------------------------------------------


def wait(what: Callable[[], object], seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.005)


def sounding(channel: int) -> pygame.mixer.Sound | None:
    return pygame.mixer.Channel(channel).get_sound() if pygame.mixer.Channel(channel).get_busy() else None


@pytest.fixture
def speaker(spoken: Callable[[], list[str]]) -> Iterator[Speaker]:
    """A loudspeaker that has every sentence of the hinge at hand."""
    with Speaker(Sound()) as speaker:
        speaker.expect(find_drill("hinge"))
        wait(lambda: len(speaker._words) == len(phrases(find_drill("hinge"))))
        yield speaker


def words(*sentences: str, hush: bool = False) -> Heard:
    return Heard(None, sentences, hush)


FIRST, SECOND, THIRD = phrases(find_drill("hinge"))[:3]


def test_a_signal_sounds_and_a_sentence_with_it(speaker: Speaker) -> None:
    speaker.play(Heard(Earcon.COUNTED, (FIRST,)), 1.0)
    assert sounding(SIGNALS) is speaker._signals[Earcon.COUNTED]
    assert sounding(WORDS) is speaker._words[FIRST]
    assert sounding(SIGNALS).get_volume() < sounding(WORDS).get_volume()  # type: ignore[union-attr]


def test_two_sentences_follow_one_another_and_never_overlap(speaker: Speaker) -> None:
    speaker.play(words(FIRST, SECOND), 1.0)
    order = []
    until = time.monotonic() + 1.2
    while time.monotonic() < until:
        speaker.play(Heard(), 1.5)
        order += [sound for sound in (sounding(WORDS),) if sound and order[-1:] != [sound]]
        time.sleep(0.005)
    assert order == [speaker._words[FIRST], speaker._words[SECOND]]


def test_a_newer_sentence_takes_the_place_of_one_that_waits(speaker: Speaker) -> None:
    speaker.play(words(FIRST, SECOND), 1.0)
    speaker.play(words(THIRD), 1.1)
    assert sounding(WORDS) is speaker._words[FIRST], "what is being said is said to its end"
    wait(lambda: not pygame.mixer.Channel(WORDS).get_busy())
    speaker.play(Heard(), 1.5)
    assert sounding(WORDS) is speaker._words[THIRD]
    assert not speaker._waiting


def test_a_sentence_that_waited_too_long_is_not_said(speaker: Speaker) -> None:
    speaker.play(words(FIRST, SECOND), 1.0)
    wait(lambda: not pygame.mixer.Channel(WORDS).get_busy())
    speaker.play(Heard(), 1.0 + PATIENCE + 0.1)
    assert sounding(WORDS) is None


def test_what_is_over_is_not_spoken_of_any_longer(speaker: Speaker) -> None:
    speaker.play(words(FIRST, SECOND), 1.0)
    speaker.play(words(THIRD, hush=True), 1.1)
    assert sounding(WORDS) is speaker._words[THIRD]
    speaker.play(words(hush=True), 1.2)
    assert sounding(WORDS) is None


def test_what_is_not_at_hand_is_not_said_late_but_can_be_had_soon(speaker: Speaker) -> None:
    speaker.play(words("I cannot see your ankles"), 1.0)
    assert sounding(WORDS) is None
    assert not speaker._waiting
    speaker.play(Heard(soon="I cannot see your ankles"), 2.0)
    wait(lambda: "I cannot see your ankles" in speaker._words, SETTLED)
    speaker.play(words("I cannot see your ankles"), 2.0 + SETTLED)
    assert sounding(WORDS) is speaker._words["I cannot see your ankles"]
    assert FIRST in speaker._words


def test_it_speaks_the_language_of_the_mirror(spoken: Callable[[], list[str]]) -> None:
    german, plank = read_language("de"), find_drill("plank")
    with Speaker(Sound(), language=german) as speaker:
        speaker.expect(plank)
        wait(lambda: set(speaker._words) == {german.say(phrase) for phrase in phrases(plank)})
        speaker.play(Heard(words=(BEGIN,)), 1.0)
        assert sounding(WORDS) is speaker._words["Fang an"]
    assert "Begin" not in spoken()


def test_another_drill_brings_its_own_sentences_and_lets_the_others_go(speaker: Speaker) -> None:
    plank = find_drill("plank")
    speaker.expect(plank)
    wait(lambda: set(speaker._words) == set(phrases(plank)))


def test_a_damaged_file_is_spoken_anew(spoken: Callable[[], list[str]]) -> None:
    speak(BEGIN, find_speech(), "en").write_bytes(b"RIFF, or half of one")
    with Speaker(Sound()) as speaker:
        speaker.expect(find_drill("plank"))
        wait(lambda: BEGIN in speaker._words)
    assert spoken()[:2] == [BEGIN, BEGIN]


def test_a_voice_that_failed_is_tried_again_when_something_else_is_wanted(
    spoken: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAILS", "1")
    with Speaker(Sound()) as speaker:
        speaker.expect(find_drill("hinge"))
        wait(spoken)
        monkeypatch.setenv("FAILS", "0")
        speaker.expect(find_drill("plank"))
        wait(lambda: BEGIN in speaker._words)
        assert speaker._thread.is_alive()


def test_a_mixer_that_goes_while_a_sentence_is_made_ready_is_opened_anew(
    spoken: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost: list[str] = []

    def load_and_lose(sentence: str, *where: object) -> pygame.mixer.Sound:
        sound = load(sentence, *where)
        if not lost:
            lost.append(sentence)
            pygame.mixer.quit()
        return sound

    monkeypatch.setattr("kiosk.sound.speaker.load", load_and_lose)
    monkeypatch.setattr("kiosk.sound.speaker.LOOK_EVERY", 0.05)
    with Speaker(Sound()) as speaker:
        speaker.expect(find_drill("plank"))
        wait(lambda: set(speaker._words) == set(phrases(find_drill("plank"))))
        assert lost
        speaker.play(words(BEGIN), 1.0)
        assert sounding(WORDS) is speaker._words[BEGIN]


@pytest.mark.parametrize("settings", [Sound(voice=False), Sound(voice=True)])
def test_without_a_voice_the_signals_sound_all_the_same(
    settings: Sound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CACHE_DIRECTORY", str(tmp_path))
    with Speaker(settings) as speaker:
        speaker.expect(find_drill("hinge"))
        wait(lambda: speaker.ready)
        speaker.play(Heard(Earcon.DONE, (BEGIN,)), 1.0)
        assert sounding(SIGNALS)
        assert not sounding(WORDS)


def test_in_quiet_hours_nothing_sounds(spoken: Callable[[], list[str]]) -> None:
    now = ["23:00"]
    with Speaker(Sound(quiet="22:00-07:00"), lambda: at(now[0])) as speaker:
        speaker.expect(find_drill("plank"))
        wait(lambda: BEGIN in speaker._words)
        speaker.play(Heard(Earcon.COUNTED, (BEGIN,)), 1.0)
        assert not sounding(SIGNALS)
        assert not sounding(WORDS)
        now[0] = "07:00"
        speaker.play(Heard(Earcon.COUNTED, (BEGIN,)), 2.0)
        assert sounding(SIGNALS)
        assert sounding(WORDS)


def test_volume_scales_what_is_heard_and_none_opens_no_card() -> None:
    with Speaker(Sound(volume=0.25, voice=False)) as speaker:
        wait(lambda: speaker.ready)
        assert all(signal.get_volume() <= 0.25 for signal in speaker._signals.values())
    with Speaker(Sound(volume=0)) as speaker:
        speaker.expect(find_drill("hinge"))
        speaker.play(Heard(Earcon.COUNTED, (FIRST,)), 1.0)
        assert pygame.mixer.get_init() is None


@pytest.mark.parametrize("environment", [{}, {"SDL_AUDIODRIVER": "alsa"}])
def test_without_a_sound_card_it_is_silent_and_says_nothing(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("SDL_AUDIODRIVER", "PULSE_SERVER", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(card, "CARDS", tmp_path)
    with Speaker(Sound()) as speaker:
        speaker._thread.join(5)
        speaker.play(Heard(Earcon.COUNTED, (FIRST,)), 1.0)
        assert not speaker.ready
    state, said, do = sounds.check_sound(Config())
    assert (state, said, bool(do)) == (
        "warning", "there is no sound card, and no sound server either; nothing will be heard", True,
    )  # fmt: skip
    assert capfd.readouterr() == ("", ""), "ALSA has not been asked"


@pytest.mark.parametrize(
    ("environment", "place"),
    [({"SDL_AUDIODRIVER": "dummy"}, ""), ({"PULSE_SERVER": "unix:/x"}, ""), ({}, "pulse/native"), ({}, "pcmC0D0p")],
)
def test_a_card_a_server_or_a_named_driver_can_play(
    environment: dict[str, str], place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("SDL_AUDIODRIVER", "PULSE_SERVER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (environment | {"XDG_RUNTIME_DIR": str(tmp_path)}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(card, "CARDS", tmp_path)
    (tmp_path / place).parent.mkdir(exist_ok=True)
    if place:
        (tmp_path / place).touch()
    assert card._can_play()


def test_leaving_gives_the_card_back_and_leaving_twice_is_harmless() -> None:
    speaker = Speaker(Sound(voice=False))
    with speaker:
        wait(lambda: speaker.ready)
        speaker.play(Heard(Earcon.DONE), 1.0)
    assert pygame.mixer.get_init() is None
    speaker.play(Heard(Earcon.DONE), 2.0)
    speaker.__exit__()
    with Speaker(Sound(voice=False)) as again:
        wait(lambda: again.ready)


def test_leaving_does_not_wait_for_all_that_could_be_said(
    spoken: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Speaker(Sound()) as speaker:
        speaker.expect(find_drill("hinge"))
        wait(spoken)
        left = time.monotonic()
    assert time.monotonic() - left < 1.0
    assert len(spoken()) < len(phrases(find_drill("hinge")))


# --- the doctor -------------------------------------------------------------------------------------------------------


def test_the_doctor_tells_what_plays_and_what_speaks(spoken: Callable[[], list[str]], tmp_path: Path) -> None:
    config = Config(sound=Sound(quiet="22:00-07:00"))
    assert sounds.check_sound(config) == ("ok", "dummy, volume 0.6, quiet 22:00-07:00", "")
    assert sounds.check_voice(config) == ("ok", f"espeak-ng, 1 sentences in {tmp_path}/cache/speech", "")
    for silent in (Sound(volume=0), Sound(voice=False)):
        assert sounds.check_voice(Config(sound=silent)) == ("ok", "silent, as the settings say", "")
    assert sounds.check_sound(Config(sound=Sound(volume=0))) == ("ok", "silent, as the settings say", "")
    assert pygame.mixer.get_init() is None


def test_the_doctor_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CACHE_DIRECTORY", str(tmp_path))
    state, said, do = sounds.check_voice(Config())
    assert state == "warning"
    assert said == "espeak-ng is not installed; cues are not spoken"
    assert "apt-get install espeak-ng" in do


def test_a_card_that_cannot_be_opened_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    state, said, do = sounds.check_sound(Config(sound=Sound(device="plughw:CARD=nowhere")))
    assert state == "warning"
    assert said.startswith("the sound card plughw:CARD=nowhere cannot be opened: ")
    assert do


# --- in the mirror ----------------------------------------------------------------------------------------------------


def test_a_repetition_is_heard_in_the_same_pass_of_the_loop() -> None:
    told = []
    with Screen("offscreen", (800, 480)) as screen, Speaker(Sound(voice=False)) as speaker:
        wait(lambda: speaker.ready)
        mirror = make_mirror("hinge", screen, speaker=speaker)
        for _ in go_round(mirror, performance("hinge", 2)):
            if mirror.coach.verdict and mirror.coach.verdict.rep:
                told.append(sounding(SIGNALS))
        assert told == [speaker._signals[Earcon.COUNTED]] * 2


def test_a_replay_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    given: list[Sound] = []
    begin = Speaker.__init__

    def made(speaker: Speaker, settings: Sound, **others: Any) -> None:
        given.append(settings)
        begin(speaker, settings, **others)

    monkeypatch.setattr(Speaker, "__init__", made)
    for n in range(3):
        Image.new("RGB", (64, 48)).save(tmp_path / f"{n}.png")
    assert not eyes.choose_eyes(Config(camera="figure"), find_drill("hinge")).replay
    app.run(Config(display="offscreen", camera=str(tmp_path)), app.Wishes(seconds=1))
    assert [settings.volume for settings in given] == [0]


def test_scoring_a_recording_never_comes_near_a_sound_card() -> None:
    code = "import sys, kiosk.commands.watch; sys.exit(any(name.startswith('kiosk.sound') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], env=os.environ).returncode == 0


@given(st.floats(0.01, 1.0))
def test_volume_is_any_share(volume: float) -> None:
    assert read_config(f"sound = {{ volume = {volume:.3f} }}", "config.toml").sound.volume == pytest.approx(
        volume, abs=1e-3
    )
