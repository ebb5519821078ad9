"""How well the mirror sees and judges, measured: people → poses → what it says of them, against what is true.

Simulated sets through the pose model, tracks of real people, motion capture seen by virtual cameras, photographs.
"""
