"""A button: what presses its contact's chatter makes, from (time, level) alone.

A press begins with the contact's first touch, so it is felt at once and none is too short to count.  It ends when the
contact has been open for DEBOUNCE without a break, so no chatter, at either end or within, makes two of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.session.events import Action

#: Seconds a contact must stay open before it is believed.  Contacts chatter for some milliseconds (J. Ganssle, "A Guide
#: to Debouncing": 6.2 at most in 16 of 18 switches); two presses of one finger are 80 ms and more apart.
DEBOUNCE = 0.030
#: Seconds a button is held for its long action: well above a slow press (0.5 s), short enough to be found by waiting.
LONG = 0.8


@dataclass(frozen=True, slots=True)
class Button:
    """One button at one moment.

    ``short`` is what a press asks for: at its first touch, or, for a button that has a ``long`` action as well, when it
    ends before LONG.  ``touching`` (or open) since ``changed`` seconds; ``began`` is when the press under way began,
    None between presses; ``told`` is True once that press has asked for something.
    """

    short: Action
    long: Action | None = None
    touching: bool = False
    changed: float = 0.0
    began: float | None = None
    told: bool = False


def feel(button: Button, t: float, touching: bool) -> tuple[Button, Action | None]:
    """The button at ``t`` seconds with its contact ``touching`` or open, and what it asks for, if anything.

    To be called at every edge, and with the level unchanged as time passes; how often changes when something is asked,
    never what.
    """
    button, action = _wait(button, t)
    if touching == button.touching:
        return button, action
    button = replace(button, touching=touching, changed=t)
    if touching and button.began is None:
        at_once = button.long is None
        return replace(button, began=t, told=at_once), button.short if at_once else action
    return button, action


def _wait(button: Button, t: float) -> tuple[Button, Action | None]:
    """The button after nothing happened until ``t``: held long enough, or let go long enough, or neither."""
    if button.began is None:
        return button, None
    if button.touching:
        if button.told or t - button.began < LONG:
            return button, None
        return replace(button, told=True), button.long
    if t - button.changed < DEBOUNCE:
        return button, None
    return replace(button, began=None, told=False), None if button.told else button.short
