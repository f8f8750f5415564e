"""How gunicorn serves the site; it reads this file by itself when it is started beside it.

BIND and WEB_CONCURRENCY of the environment and the command line say otherwise where they are given.
"""

import ctypes
import gc
import math
import os
import sys
from pathlib import Path

from showcase.operation import counters

# What a container may use of its machine: microseconds of processors, and in how many.
QUOTA = Path("/sys/fs/cgroup/cpu.max")


def cores():
    """Return how many processors this process may use, whatever the machine has."""
    # What is left out of it is none of ours; macOS knows nothing of it.
    given = getattr(os, "sched_getaffinity", None)
    number = len(given(0)) if given else os.cpu_count() or 1
    try:
        quota, period = QUOTA.read_text().split()
    except (OSError, ValueError):
        return number
    return number if quota == "max" else min(number, math.ceil(int(quota) / int(period)))


wsgi_app = "showcase.wsgi"
# A socket that systemd holds comes before it.
bind = os.environ.get("BIND") or "127.0.0.1:8000"
# A worker keeps a core busy, and takes 80 MB; see docs/benchmarks.md.
workers = int(os.environ.get("WEB_CONCURRENCY") or cores())
# Threads, and connections for whoever has one free.
worker_class = "showcase.operation.worker.FairWorker"
# While one waits for the database, another one works. More of them take the interpreter from each
# other at each query, which costs a third of the work of a page.
threads = 2
# The code is read once and its memory shared. Who has it read anew while writing cannot share it.
preload_app = "--reload" not in sys.argv

# No worker grows, by the soak in docs/benchmarks.md. Should one ever, it ends here, and not all of
# them at once: a fresh one has to read the catalogue before it answers.
max_requests = 100_000
max_requests_jitter = 20_000
# A worker whose main thread is silent for so long is stuck: no request runs there.
timeout = 30
# Longer than the database gives a statement, so that whoever is being answered when the site stops
# or a worker ends is answered.
graceful_timeout = 20
# Longer than a proxy keeps a connection that it does not use (60 seconds in deploy/), so that none
# is closed here while the proxy sends on it.
keepalive = 75
# Workers show here that they live: on a disk that is busy it might look as if they did not.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (a nameless file)

# Its lines are written like those of the site, whose settings it needs for that; who has the code
# read anew has them read anew too. A line for each request is for the proxy to write, which sees
# more of them; `--access-logfile -` makes gunicorn write one too, without what was asked.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "showcase.settings")
if preload_app:
    logger_class = "showcase.operation.server.ServerLogger"
access_log_format = "%(m)s %(U)s %(s)s %(M)s ms"
# Long questions are the site's to answer, with a page: gunicorn takes no limit above 8190 bytes
# other than none. The proxy in front has a limit.
limit_request_line = 0
control_socket_disable = True
# Nobody but the operator says below which path the site is, by the variable SCRIPT_NAME: gunicorn
# would take a header of that name from whoever comes by way of a proxy on the same machine.
forwarder_headers = ""
# Likewise of the scheme: the one header that is believed is PROXY_SCHEME_HEADER.
secure_scheme_headers = {}

# By its numbers in malloc.h of glibc: memory is given back in pieces of the size of a page, and
# what threads ask for comes from one heap rather than from four with holes, which took 40 MB.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
MALLOC = {M_TRIM_THRESHOLD: 128 * 1024, M_MMAP_THRESHOLD: 128 * 1024, M_ARENA_MAX: 1}

# Here rather than in the environment, so that it does not depend on how gunicorn is started.
if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
    for parameter, value in MALLOC.items():
        mallopt(parameter, value)

# What is read before the workers begin stays: to look for garbage in it takes a tenth of the start.
gc.disable()


def when_ready(server):
    """Set aside what was read, so that a worker's collector does not make copies of it."""
    gc.freeze()


def pre_fork(server, worker):
    """Give each worker a row to count in that no other has (showcase/operation/counters.py)."""
    worker.row = counters.free_row(other.row for other in server.WORKERS.values())


def post_fork(server, worker):
    gc.enable()
    counters.shared.take(worker.row)
