"""The mistakes the mirror can light, one file per form light, shared by the drills.

Edges are those of biomechanics 2.2 to 2.4 and of its drill blocks (1.2), on differences from the person's own start;
where they give none for red it lies well beyond green, by choice; where signals measured people otherwise, the comment
says so.  Words: second person, one thing at a time, and something outside the body to aim at (biomechanics 6.4).
"""
