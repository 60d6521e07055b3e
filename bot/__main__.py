"""`readout` and `python -m bot`: the command line."""

import gc
import sys


def main() -> None:
    """Run what was typed, and end with its status."""
    gc.disable()  # nothing that an import makes is garbage, and looking for it takes a fifth of it
    from bot.cli.main import run

    gc.freeze()
    gc.enable()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
