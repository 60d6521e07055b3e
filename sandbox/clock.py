"""`readout serve` with a clock that is ahead of this machine's, or behind it."""

import sys
import time
from dataclasses import dataclass

from bot.cli.output import run_command
from bot.operations.settings import load_settings
from bot.runtime.bootstrap import serve


@dataclass(frozen=True)
class OffsetClock:
    """Returns the seconds since 1970 plus ``seconds``."""

    seconds: float

    def __call__(self) -> float:
        return time.time() + self.seconds


def main() -> None:
    """Serve until told to stop; the argument is the offset of the clock in seconds."""

    def serve_with_offset() -> int:
        serve(load_settings(), OffsetClock(float(sys.argv[1])))
        return 0

    sys.exit(run_command(serve_with_offset, as_json=False))
