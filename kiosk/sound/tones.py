"""The earcons as tones: told apart by how many there are, whether they rise or fall, and their rhythm.

They are made when the mirror starts, into memory: all five take a few milliseconds, and there is no file that could be
missing, out of date, or in another rate than the sound card's.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kiosk.session.sounds import Earcon

#: How loud each harmonic of a tone is beside the first: bright enough for a monitor's small loudspeakers.
HARMONICS = (1.0, 0.35, 0.15)
#: Seconds in which a tone swells, so that it does not click; share of its length after which it has faded to 1/e.
SWELL, FADE = 0.004, 0.5
#: Seconds at the end of a tone in which it goes out altogether.
OUT = 0.01
#: The loudest sample, as a share of what 16 bits hold.
PEAK = 0.8


class Tone(NamedTuple):
    """So many ``hz`` for ``seconds``, then silence for ``rest`` seconds."""

    hz: float
    seconds: float
    rest: float = 0.0


#: Between 500 and 1700 Hz, where small loudspeakers and ageing ears do well; only a refusal is low.
TONES: dict[Earcon, tuple[Tone, ...]] = {
    Earcon.COUNTED: (Tone(988, 0.10),),
    Earcon.REFUSED: (Tone(466, 0.16, 0.05), Tone(311, 0.26)),
    Earcon.BETTER: (Tone(784, 0.08), Tone(1047, 0.08), Tone(1568, 0.20)),
    Earcon.SWITCH: (Tone(880, 0.11, 0.03), Tone(587, 0.11, 0.03), Tone(880, 0.11, 0.03), Tone(587, 0.16)),
    Earcon.DONE: (Tone(659, 0.10, 0.14), Tone(659, 0.10, 0.14), Tone(1319, 0.50)),
}


def wave(earcon: Earcon, rate: int) -> np.ndarray:
    """Samples of ``earcon``, (n,) int16, ``rate`` of them a second."""
    parts = [part for tone in TONES[earcon] for part in (_sound(tone, rate), np.zeros(round(tone.rest * rate)))]
    samples = np.concatenate(parts)
    return (samples * (PEAK * np.iinfo(np.int16).max / np.abs(samples).max())).astype(np.int16)


def _sound(tone: Tone, rate: int) -> np.ndarray:
    t = np.arange(round(tone.seconds * rate)) / rate
    harmonics = sum(share * np.sin(2 * np.pi * n * tone.hz * t) for n, share in enumerate(HARMONICS, 1))
    envelope = np.minimum(t / SWELL, 1) * np.exp(-t / (FADE * tone.seconds)) * np.minimum((tone.seconds - t) / OUT, 1)
    return np.asarray(harmonics * envelope)
