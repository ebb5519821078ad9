"""The history as a page to keep or to print: one HTML file that asks for nothing else, no script, no network.

Its plots are made here (plots.py): a drawing library would be larger than what it draws, and matplotlib, which only the
accuracy card needs, cannot let a page's style decide how its plots look on a phone, on paper and in the dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from xml.etree.ElementTree import Element, tostring

from kiosk.records.counted import counted
from kiosk.records.plots import Series, bars, element, lines
from kiosk.session.progress import SetDone
from kiosk.session.trend import Session, Trend, trends

TITLE = "Hinge Mirror: what was done"
NOTE = (
    "The mirror estimates all this from a camera's picture: 17 points and, where it can be told from the wall, the "
    "outline of the back. It can be wrong, and it cannot see the pelvis or the feet's grip: no number here says "
    "anything of them. What is said of the back holds for the repetitions in which its outline was seen. Scores are "
    "hints about technique, made to compare a person with themselves, not with others, and no medical advice."
)
NOTHING = "No set is remembered: without a profile the mirror forgets."
LATER = "What got better shows after two sessions of a drill."
RANGE = "Range, as a share of the usual one"
#: Plots of the outline of the back: what each is called, and its lines.
BACKS = (
    ("Bend of the back against standing, + rounder", (("lumbar", "lower back"), ("thoracic", "upper back"))),
    ("How far the lower back goes, + rounder", (("flexed", "cat"), ("extended", "cow"))),
)
#: Degrees that an axis of them shows at least.
BENDS = (0.0, 20.0)
#: Percent.
WHOLE = 100.0

#: Nothing may be fetched from anywhere, and nothing run: whoever opens the page can rely on it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --dim: #5c5c5c; --line: #d9d9d9; --one: #0b6e8f; --two: #b3541e;
  --ground: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --dim: #aaa; --line: #3a3a3a; --one: #5cc3e6;
  --two: #f0a06a; --ground: #111; } }
body { margin: 1rem auto; max-width: 70rem; padding: 0 1rem; font: 16px/1.45 system-ui, sans-serif; color: var(--ink);
  background: var(--ground); }
h2 { margin-top: 2.5rem; } h3 { margin: 2rem 0 .3rem; border-top: 1px solid var(--line); padding-top: 1rem; }
p, ul { margin: .3rem 0; } .dim { color: var(--dim); } .better { list-style-type: "↑ "; }
.plots { display: flex; flex-wrap: wrap; gap: .5rem 1rem; }
figure { flex: 1 1 20rem; max-width: 30rem; margin: .5rem 0; }
figcaption { font-size: .9rem; color: var(--dim); }
svg { width: 100%; height: auto; display: block; } svg text { font-size: 12px; fill: var(--dim); }
.grid { stroke: var(--line); } .bar { fill: var(--one); }
.series1 { fill: var(--one); stroke: var(--one); } .series2 { fill: var(--two); stroke: var(--two); }
.series2 polyline { stroke-dasharray: 5 3; } polyline { fill: none; stroke-width: 1.5; }
.key1 { color: var(--one); } .key2 { color: var(--two); }
@media print { :root { color-scheme: light; --ink: #000; --dim: #444; --line: #ccc; --one: #0b6e8f; --two: #b3541e;
  --ground: #fff; } body { font-size: 11pt; margin: 0; max-width: none; } .who { break-before: page; }
  .who:first-of-type { break-before: auto; } figure, h2, h3, li { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .plots { display: block; orphans: 1; widows: 1; } figure { display: inline-block; width: 45%; margin-right: 3%; } }
"""


def page(sets: Sequence[SetDone], today: date) -> str:
    """The page of ``sets``, oldest first, with a part for each of the people whose they are."""
    people = dict.fromkeys(done.profile for done in sets)
    parts = [_person(name, [done for done in sets if done.profile == name]) for name in people]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("title", TITLE),
        element("style", STYLE),
    )
    body = element(
        "body",
        element("h1", TITLE),
        element("p", f"Written on {today.isoformat()}. {NOTE}", class_="dim"),
        *(parts or [element("p", NOTHING)]),
    )
    return "<!doctype html>\n" + tostring(element("html", head, body, lang="en"), encoding="unicode", method="html")


def _person(name: str, sets: list[SetDone]) -> Element:
    days = len({_day(done.t) for done in sets})
    reps = sum(done.reps for done in sets)
    said = f"{counted(len(sets), 'set')}, {reps} repetitions or holds, on {counted(days, 'day')}"
    when = f"{_day(sets[0].t)} to {_day(sets[-1].t)}"
    return element(
        "section",
        element("h2", name),
        element("p", f"{said}, {when}."),
        element("div", _figure(bars("Sets", [done.t for done in sets])), class_="plots"),
        *(part for trend in trends(sets) for part in _drill(trend)),
        class_="who",
    )


def _drill(trend: Trend) -> list[Element]:
    latest = trend.sessions[-1]
    score = "" if latest.score is None else f", score {latest.score:.0f} in the latest"
    reps = sum(one.reps for one in trend.sessions)
    said = f"{counted(len(trend.sessions), 'session')}, {counted(reps, trend.unit)}{score}."
    drawn = [element("h3", trend.title), element("p", said)]
    if trend.better:
        drawn.append(element("ul", *(element("li", words) for words in trend.better), class_="better"))
    if len(trend.sessions) == 1:
        drawn.append(element("p", LATER, class_="dim"))
    if trend.work_on:
        drawn.append(element("p", f"Work on: {trend.work_on}."))
    if pains := [one.pain for one in trend.sessions if one.pain is not None]:
        drawn.append(element("p", f"Pain, as told: {pains[-1]} of 10 in the latest, {max(pains)} at most."))
    return [*drawn, element("div", *_plots(trend.sessions), class_="plots")]


def _plots(gone: tuple[Session, ...]) -> list[Element]:
    """Score, range, left against right, the back: what is known of it; and the sets."""
    drawn = []
    if score := [(one.t, one.score) for one in gone if one.score is not None]:
        drawn.append(_figure(lines("Score", [Series("score", score)], (0, WHOLE))))
    if ranges := [(one.t, one.range * WHOLE) for one in gone if one.range is not None]:
        drawn.append(_figure(lines(RANGE, [Series("range", ranges)], (0, WHOLE), "%")))
    if sides := _sides(gone):
        what = RANGE if ranges else "Score"
        drawn.append(_two("Left and right", sides, (0, WHOLE), "%" if ranges else "", what))
    for title, names in BACKS:
        told = [(name, [(one.t, one.back[key]) for one in gone if key in one.back]) for key, name in names]
        series = [Series(*one, mark) for one, mark in zip(told, ("circle", "square"), strict=True) if one[1]]
        if series:
            drawn.append(_two(title, series, BENDS, "°", "Degrees"))
    drawn.append(_figure(bars("Sets", [one.t for one in gone for _ in range(one.sets)])))
    return drawn


def _sides(gone: tuple[Session, ...]) -> list[Series]:
    """Left and right where both are known; scores as they are, ranges in percent."""
    factor = WHOLE if any(one.range is not None for one in gone) else 1.0
    left = [(one.t, one.left * factor) for one in gone if one.left is not None]
    right = [(one.t, one.right * factor) for one in gone if one.right is not None]
    return [Series("left", left), Series("right", right, "square")] if left and right else []


def _two(title: str, series: Sequence[Series], span: tuple[float, float], unit: str, what: str) -> Element:
    """One or two ``series`` in one plot, and which is which; ``what`` they are values of."""
    signs = {"circle": "●", "square": "■"}
    keys = [element("span", f"{signs[one.mark]} {one.name}", class_=f"key{n}") for n, one in enumerate(series, 1)]
    listed = [part for key in keys for part in (", ", key)][1:]
    return element(
        "figure", element("figcaption", f"{title}: ", *listed, f". {what}"), lines(title, series, span, unit)
    )


def _figure(plot: Element) -> Element:
    return element("figure", element("figcaption", plot.findtext("title") or ""), plot)


def _day(t: float) -> str:
    return datetime.fromtimestamp(t).strftime("%Y-%m-%d")
