"""The simulated person: a body with true angles, filmed by a virtual camera.

A drill's *script* (good repetitions and faults made of *beats*, as data) becomes a *course* through time; at every
moment it gives the *body* a posture that rests on what carries it, of which the *truth* is known; *rings* make its
*skin*, with the *back* drawn finely where its line is to be measured, which the *paint* puts with *clothes* and
*things* into a *room*, somebody walking by if asked and other *events* befalling it, as the *lens* sees it that hangs
in the *setting* of the drill.  *film* is all of that frame by frame; *studio* the same as a live
camera, with the *stage* in a process of its own.
"""
