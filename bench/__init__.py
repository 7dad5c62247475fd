"""What the books cost, as ratios to named peers and limits in the same run.

`make bench` (or `python -m bench`) makes servers, databases and roles of its own, takes
every measurement in turn, round after round, and drops all of it again. Machines swing
twofold from one second to the next, so nothing here is judged by the clock alone.
"""
