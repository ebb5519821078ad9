"""The back line: frame → what differs from the empty room → the outline of the back → how much it is rounded.

MoveNet has no point between hip and shoulder, and the distance of those two hardly changes when a back rounds: by 0.1 %
for 40 degrees of lumbar flexion (biomechanics 3.2).  A fixed camera sees the outline of the back against the wall
behind it: ``background.py`` knows the empty room, ``rays.py`` looks along 48 rays for where the person ends,
``contour.py`` makes numbers of it, ``back.py`` does it all for one frame.
"""
