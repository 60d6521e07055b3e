"""`readout serve` by a clock that is ahead of this machine's, or behind it."""

import sys
import time
from dataclasses import dataclass

from bot.cli.output import exit_status
from bot.operations.settings import load_settings
from bot.runtime.bootstrap import serve


@dataclass(frozen=True)
class Ahead:
    """Tells the seconds since 1970, so many ``seconds`` ahead."""

    seconds: float

    def __call__(self) -> float:
        return time.time() + self.seconds


def main() -> None:
    """Serve until told to stop, so many seconds ahead as the command line says."""

    def served() -> int:
        serve(load_settings(), Ahead(float(sys.argv[1])))
        return 0

    sys.exit(exit_status(served, as_json=False))
