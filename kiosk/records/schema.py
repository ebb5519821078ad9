"""The tables of the history, step by step: each step makes a history of the version before it one of its own.

Steps are never changed once mirrors have taken them; a new version is one more step.
"""

from __future__ import annotations

#: Marks a database as a history of this mirror (``application_id``): "Hing".
APPLICATION = 0x48696E67

_SETS_ALONE = (
    """
    create table sets (
        t real not null, profile text not null, drill text not null, "left" integer not null, "right" integer not null,
        reps integer not null, score integer, scores text not null, reds text not null, range_sd real,
        coverage real not null, pain integer, seconds real not null
    )
    """,
    "create index sets_by_profile on sets (profile, t)",
)

#: Profiles, repetitions, their faults, the lengths of the body, and what was mastered.
_WITH_REPETITIONS = (
    "create table profiles (id integer primary key, name text not null unique)",
    "insert into profiles (name) select profile from sets group by profile order by min(rowid)",
    "alter table sets rename to sets_alone",
    """
    create table sets (
        id integer primary key, t real not null, profile integer not null references profiles on delete cascade,
        drill text not null, "left" integer not null, "right" integer not null, reps integer not null, score integer,
        scores text not null, reds text not null, range_sd real, coverage real not null, pain integer,
        seconds real not null, trunk_px real, thigh_px real, shin_px real
    )
    """,
    """
    insert into sets
        select null, t, profiles.id, drill, "left", "right", reps, score, scores, reds, range_sd, coverage, pain,
            seconds, null, null, null
        from sets_alone join profiles on name = sets_alone.profile order by sets_alone.rowid
    """,
    "drop table sets_alone",
    "create index sets_of_profile on sets (profile)",
    """
    create table reps (
        of_set integer not null references sets on delete cascade, n integer not null, side text, score integer,
        coverage real not null, seconds real not null, range real, trunk real, knee real, hip_retreat real,
        primary key (of_set, n)
    ) without rowid
    """,
    """
    create table faults (
        of_set integer not null references sets on delete cascade, n integer not null, place integer not null,
        key text not null, level text not null, value real not null,
        primary key (of_set, n, place)
    ) without rowid
    """,
    """
    create table mastered (
        profile integer not null references profiles on delete cascade, drill text not null, t real not null,
        primary key (profile, drill)
    ) without rowid
    """,
)

#: What was answered: whether a health question applies (null: never asked, 0: none does, 1: one does), and no more of
#: that; of a set whether the right place was felt and the dowel touched (null: not asked, 0: no, 1: partly, 2: yes).
_WITH_ANSWERS = (
    "alter table profiles add column health integer",
    "alter table sets add column felt integer",
    "alter table sets add column touching integer",
)

#: What the outline of the back told, in degrees, of a set and of each repetition (null: not seen); and whether the back
#: was said to be long (as the other answers).
_WITH_BACK = (
    "alter table sets add column long_back integer",
    *(
        f"alter table {table} add column {name} real"
        for table in ("sets", "reps")
        for name in ("lumbar", "thoracic", "flexed", "extended")
    ),
)

#: Of the sink: what is counted on each day, and somebody's own good lean as the camera at one mount saw it; without a
#: name (null) the household's.
_WITH_LEANS = (
    """
    create table lean_days (
        who integer references profiles on delete cascade, day text not null, leans integer not null,
        good_s real not null, judged_s real not null
    )
    """,
    "create unique index lean_days_of on lean_days (ifnull(who, 0), day)",
    """
    create table own_leans (
        who integer references profiles on delete cascade, mount text not null, lean text not null
    )
    """,
    "create unique index own_lean_of on own_leans (ifnull(who, 0))",
)

#: From the empty file on.
STEPS = (_SETS_ALONE, _WITH_REPETITIONS, _WITH_ANSWERS, _WITH_BACK, _WITH_LEANS)
