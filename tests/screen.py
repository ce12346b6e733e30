"""A virtual screen for what opens a real window: end-to-end tests and benchmarks."""

import os
import subprocess


def start_xvfb() -> tuple[subprocess.Popen[bytes], str]:
    """Start a screen of 1920×1080; returns its process, to be terminated, and its name."""
    read, write = os.pipe()
    # Without -noreset it begins anew when the last window is gone, and answers nobody meanwhile.
    options = ["-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), *options],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        return server, ":" + pipe.readline().strip()
