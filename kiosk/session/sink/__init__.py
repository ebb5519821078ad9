"""At the sink: whoever washes presses nothing; the mirror notices that they lean, and shows how (biomechanics 4)."""
