"""What is to be heard at the sink: the lesson; else one soft word now and then, and no signal."""

from __future__ import annotations

from kiosk.session.scene import Glass, Picture, Teaching
from kiosk.session.sink.flow import LEARNT, NOT_LEARNT, REST_A_HAND
from kiosk.session.sink.lesson import SPOKEN
from kiosk.session.sink.states import AtSink, newly_said
from kiosk.session.sounds import Earcon, Heard
from kiosk.text import Text

#: All that may have to be said at once, beside the cues of the drill's faults.
PHRASES = (REST_A_HAND, *SPOKEN, LEARNT, NOT_LEARNT)


class SinkTeller:
    """Follows a session at the sink and its pictures, and tells what is to be heard of them."""

    def __init__(self, session: AtSink, picture: Picture) -> None:
        self._session, self._picture = session, picture

    def step(self, session: AtSink, picture: Picture, t: float) -> Heard:
        """What is to be heard when the session has become ``session``, shown by ``picture`` at ``t`` seconds."""
        before, shown, self._session, self._picture = self._session, self._picture, session, picture
        words = [cue.text for cue in newly_said(before, session)]
        asked = _asked(picture)
        if asked and asked != _asked(shown):
            words.append(asked)
        return Heard(_earcon(shown, picture), tuple(words), hush=type(shown) is not type(picture))


def _asked(picture: Picture) -> Text:
    """What ``picture`` of a lesson asks, or tells after it; "" for any other."""
    match picture:
        case Teaching(text=text) | Glass(note=text):
            return text
    return Text("")


def _earcon(shown: Picture, showing: Picture) -> Earcon | None:
    """Each good lean of a lesson is counted to be heard, for the eyes are on the basin."""
    done, before = (picture.done if isinstance(picture, Teaching) else 0 for picture in (showing, shown))
    return Earcon.COUNTED if done > before else None
