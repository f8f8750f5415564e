"""How gunicorn serves the site; it reads this file by itself when it is started beside it."""

import ctypes
import gc
import os
import sys

from showcase.operation import counters

wsgi_app = "showcase.wsgi"
worker_class = "gthread"
# While one waits for the database, another one works. More of them take the interpreter from each
# other at each query, which costs a third of the work of a page.
threads = 2
# The code is read once and its memory shared. Who has it read anew while writing cannot share it.
preload_app = "--reload" not in sys.argv
graceful_timeout = 5
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
