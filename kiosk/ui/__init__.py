"""The screen: the only place that imports pygame.  A scene goes in, pixels come out."""
