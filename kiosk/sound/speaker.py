"""The loudspeaker: plays what is to be heard at once, and one sentence at a time."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pygame

from kiosk.config import Sound, within
from kiosk.scoring.drill import Drill
from kiosk.session.sounds import Earcon, Heard, phrases
from kiosk.sound.card import RATE, NoSound, close_card, open_card, players
from kiosk.sound.tones import wave
from kiosk.sound.voice import NoVoice, find_speech, speak
from kiosk.text import ENGLISH, Language, Text, translated

#: The mixer's channels: one for signals, one for words; what is new on a channel ends what was on it.
SIGNALS, WORDS = 0, 1
#: How loud signals are beside words: they are tones, and shriller.
SIGNALS_SHARE = 0.6
#: Seconds a sentence waits for the one before it; after that the repetition it is about is long past.
PATIENCE = 3.0
#: Seconds to wait, when leaving, for the thread to finish the sentence it is making; it ends with the program anyway.
LEAVING = 1.0
#: Seconds between two looks whether a sound card was plugged in or pulled out.
LOOK_EVERY = 2.0


class Speaker:
    """The loudspeaker as ``settings`` want it, from ``with`` on.

    A thread of its own opens the sound card, makes the signals, and has espeak-ng speak what may have to be said, so
    that nothing has to be made, read or waited for when it is to be heard.  What is not at hand by then is not heard:
    late it would be about something else.  Without a sound card, without espeak-ng and in quiet hours it is silent, and
    nothing is raised; a card that is pulled out and plugged in again, or comes later, is opened anew.  ``clock`` tells
    hours and minutes of the day, ``language`` is what it speaks.  Leaving twice is harmless.
    """

    def __init__(
        self,
        settings: Sound,
        clock: Callable[[], time.struct_time] = time.localtime,
        language: Language = ENGLISH,
    ) -> None:
        self._settings, self._clock, self._language = settings, clock, language
        self._signals: dict[Earcon, pygame.mixer.Sound] = {}
        self._words: dict[str, pygame.mixer.Sound] = {}
        self._waiting: deque[tuple[float, str]] = deque()
        self._drill: Drill | None = None
        self._wanted: tuple[str, ...] = ()
        self._leaving = self._lost = False
        self._called = threading.Event()
        self._card = threading.Lock()  # held by whoever plays, and by the thread while it opens the card
        self._thread = threading.Thread(target=self._make_ready, name="speaker", daemon=True)

    def __enter__(self) -> Speaker:
        if self._settings.volume:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._leaving = True
        self._called.set()
        if self._thread.ident is not None:
            self._thread.join(LEAVING)
        self._signals, self._words = {}, {}
        if not self._thread.is_alive():  # else it may be opening the card just now
            close_card()

    @property
    def ready(self) -> bool:
        """Whether signals can be heard: the sound card is open."""
        return bool(self._signals)

    def expect(self, drill: Drill, more: tuple[Text, ...] = ()) -> None:
        """What may be said in ``drill``, and ``more``, is to be at hand soon."""
        if drill is not self._drill:
            self._drill = drill
            self._want(translated((*phrases(drill), *more), self._language))

    def play(self, heard: Heard, t: float) -> None:
        """Let ``heard`` sound at ``t`` seconds; to be called in each pass of the loop, for sentences that wait.

        A new sentence waits until the one before it is over, at most PATIENCE, and takes the place of any that waits.
        """
        heard = translated(heard, self._language)
        if heard.soon and heard.soon not in self._wanted:
            self._want((heard.soon, *self._wanted))
        if not self._card.acquire(blocking=False):
            return  # it is being opened
        try:
            if self.ready:
                self._play(heard, t)
        except pygame.error:
            self._miss_mixer()
            self._called.set()
        finally:
            self._card.release()

    def _play(self, heard: Heard, t: float) -> None:
        words = pygame.mixer.Channel(WORDS)
        if heard.hush:
            self._waiting.clear()
            words.stop()
        if heard.words:
            self._waiting = deque((t, sentence) for sentence in heard.words)
        if (heard.earcon or self._waiting) and within(self._settings.quiet, time.strftime("%H:%M", self._clock())):
            self._waiting.clear()
            return
        if heard.earcon:
            pygame.mixer.Channel(SIGNALS).play(self._signals[heard.earcon])
        while self._waiting and not words.get_busy():
            since, sentence = self._waiting.popleft()
            if t - since <= PATIENCE and sentence in self._words:
                words.play(self._words[sentence])

    def _want(self, sentences: tuple[str, ...]) -> None:
        """Have the thread see to ``sentences``, the most urgent first, and let all others go."""
        self._wanted = sentences
        self._called.set()

    def _make_ready(self) -> None:
        """What the thread does: keep the card open and what is wanted at hand, until it is to leave."""
        opened_of: frozenset[str] | None = None
        while not self._leaving:
            try:
                if self._lost or players() != opened_of:
                    opened_of, self._lost = players(), False
                    self._open_anew()
                if self._speak_next():
                    continue
            except pygame.error:
                self._miss_mixer()
            while not self._called.wait(LOOK_EVERY) and players() == opened_of and not self._lost:
                pass
            self._called.clear()

    def _miss_mixer(self) -> None:
        """It has gone, with its card or with the display: whatever it was to do, the card is to be opened anew."""
        self._lost, self._signals = True, {}

    def _open_anew(self) -> None:
        """Open the card and make the signals; what was made for a card that has gone is let go with it."""
        with self._card:
            self._signals, self._words = {}, {}
            close_card()
            try:
                open_card(self._settings.device)
            except NoSound:
                return  # `kiosk doctor` says why
            signals = {earcon: pygame.mixer.Sound(buffer=wave(earcon, RATE).tobytes()) for earcon in Earcon}
            for signal in signals.values():
                signal.set_volume(self._settings.volume * SIGNALS_SHARE)
            self._signals = signals

    def _speak_next(self) -> bool:
        """Have the next sentence that is wanted at hand; False when there is none, or it cannot be spoken now."""
        wanted = self._wanted
        missing = next((sentence for sentence in wanted if sentence not in self._words), None)
        if not (missing and self.ready and self._settings.voice):
            return False
        try:
            sound = load(missing, find_speech(), self._language.code)
        except NoVoice:  # `kiosk doctor` says why; it is tried again when something else is wanted
            return False
        sound.set_volume(self._settings.volume)
        kept = {sentence: known for sentence, known in self._words.items() if sentence in wanted}
        self._words = kept | {missing: sound}
        return True


def load(sentence: str, folder: Path, language: str) -> pygame.mixer.Sound:
    """``sentence`` in ``language``, spoken, from its file in ``folder``; made anew if damaged.  Raises NoVoice."""
    for _ in range(2):
        spoken = speak(sentence, folder, language)
        try:
            return pygame.mixer.Sound(spoken)
        except (pygame.error, OSError):
            with suppress(OSError):
                spoken.unlink(missing_ok=True)
    raise NoVoice(f"{spoken}: what is spoken there cannot be played")
