"""`coatpeg serve`, made to die: `python -m tests.crashing PORT [POINT]` kills itself by SIGKILL at a named point.

The points are those of `bot.points`. "A>B" is the first B after an A. Nothing happens before the process is told to by
SIGUSR1, which it answers by making the file named in COATPEG_ARMED: so that it may start, and finish what is left over.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from bot import points
from bot.__main__ import main


class Fuse:
    """Counts the points reached down to the last one."""

    def __init__(self, story: str) -> None:
        self.left = story.split(">")
        self.armed = False

    def arm(self, *_: object) -> None:
        self.armed = True
        Path(os.environ["COATPEG_ARMED"]).touch()

    def reached(self, name: str) -> None:
        if self.armed and name == self.left[0]:
            if len(self.left) == 1:
                os.kill(os.getpid(), signal.SIGKILL)
            self.left.pop(0)


def run(port: str, story: str = "") -> None:
    fuse = Fuse(story)
    signal.signal(signal.SIGUSR1, fuse.arm)
    if story:
        points.reached = fuse.reached
    sys.argv = ["coatpeg", "serve", "--port", port]
    main()


if __name__ == "__main__":
    run(*sys.argv[1:])
