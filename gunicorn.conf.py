"""How gunicorn serves the site; it reads this file by itself when it is started beside it."""

import gc
import sys

wsgi_app = "showcase.wsgi"
worker_class = "gthread"
threads = 4
# The code is read once and its memory shared. Who has it read anew while writing cannot share it.
preload_app = "--reload" not in sys.argv
graceful_timeout = 5
# Long questions are the site's to answer, with a page: gunicorn takes no limit above 8190 bytes
# other than none. The proxy in front has a limit.
limit_request_line = 0
control_socket_disable = True
# Nobody but the operator says below which path the site is, by the variable SCRIPT_NAME: gunicorn
# would take a header of that name from whoever comes by way of a proxy on the same machine.
forwarder_headers = ""


def when_ready(server):
    """Set aside what was read, so that a worker's collector does not make copies of it."""
    gc.collect()
    gc.freeze()
