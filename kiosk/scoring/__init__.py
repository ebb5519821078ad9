"""The scoring loop: pose → smoothed pose → measures → phases → faults → verdict.  No clock, no file, no thread.

======================  =======================================================================
scorer                  the loop itself, read from top to bottom
sight                   what is seen: smoothing, view, geometry, history
place                   whose standing is measured from (calibration)
phases                  the repetition machine
ledger                  what a repetition comes to: measures, faults, score, lights
drill                   the data all of it is compiled from
======================  =======================================================================
"""
