"""The simulated person: a body with true angles, filmed by a virtual camera.

A drill's *script* (good repetitions and faults, as data) becomes a *course* through time; at every moment it gives the
*body* a posture that balances; *rings* make its *skin*, which the *paint* puts into a *room* as the *lens* sees it.
*film* is all of that frame by frame with what is true of each; *studio* the same as a live camera, with the *stage* in
a process of its own.
"""
