"""Carries out the Containerfile by hand, for want of an engine, and runs what it makes.

What it says is what is done: the steps are read from it. The result runs as its user, who gains no
rights, with everything read-only but the volume and /tmp, in namespaces as an engine makes them.
"""

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..drill.machines import DrillError, eventually, free_port
from .containerfile import Instruction, said, stages
from .programs import ENVIRONMENT, NAME, export, folder, program, require, run, say

BEHIND_TLS = {"Host": NAME, "X-Forwarded-Proto": "https"}
HOME, VOLUME = "/srv/showcase", "/var/lib/showcase"
# A root of its own for what runs: all of this machine, read-only, with the image in its place. The
# home of root is empty there, but for a Python that may be in it.
CONTAIN = """
mount --make-rprivate /
mount --bind {image} {image}
mount --bind {volume} {volume}
mount -t tmpfs tmpfs /tmp
mount --bind {python} /mnt
mount -t tmpfs -o mode=755 tmpfs /root
mkdir -p {python}
mount --bind /mnt {python}
mount -o remount,bind,ro /
mount -o remount,bind,ro {image}
exec setpriv --reuid {user} --regid {group} --clear-groups --no-new-privs --inh-caps=-all "$@"
"""


def build_and_run() -> None:
    if os.geteuid():
        raise DrillError("An image is tried as root: it has mounts and a user of its own.")
    _, first, second = stages()
    with folder() as path:
        image, volume = path / "image", path / "volume"
        build(first, path / "context", image)
        say("The first stage is built, with the packages of the lock.")
        user, _, group = last(second, "USER").partition(":")
        volume.mkdir(mode=0o700)
        os.chown(volume, int(user), int(group))
        mounts = {"image": image, "volume": volume, "user": user, "group": group}
        mounts["python"] = sys.base_prefix
        container = Container(CONTAIN.format(**mounts), image, environment(second, mounts))
        container.do("python", "manage.py", "migrate", "--verbosity=0")
        container.do("python", "manage.py", "loaddata", "--if-empty", "--verbosity=0")
        refuses_to_write(container, image)
        probe = json.loads(last(second, "HEALTHCHECK").partition("CMD ")[2])
        with container.running(*json.loads(last(second, "CMD"))):
            ask = [word.replace(":8000", f":{container.port}") for word in probe]
            eventually("the probe is content", lambda: container.succeeds(*ask))
            pages = container.do(
                "python", "-c", ASK.format(port=container.port, headers=BEHIND_TLS)
            )
            require(pages.split() == ["200"] * 3, f"pages and files are shown, not {pages}")
        require(not container.succeeds(*ask), "the probe tells when nothing answers")
        found = [each.name for each in volume.iterdir()]
        require("showcase.sqlite3" in found, f"the database is on the volume, not {found}")
        say("It runs as nobody, on a root that cannot be written; the database is on the volume.")


ASK = """
import http.client, re
def ask(path):
    site = http.client.HTTPConnection("127.0.0.1", {port})
    site.request("GET", path, headers={headers})
    answer = site.getresponse()
    print(answer.status)
    return answer.read().decode()
home = ask("/")
ask("/projects/")
ask(re.search(r'"(/static/[^"]+[.][0-9a-f]{{12}}[.]css)"', home)[1])
"""


def last(stage: list[Instruction], word: str) -> str:
    return said(word, stage)[-1]


def build(stage: list[Instruction], context: Path, image: Path) -> None:
    """Do what the first stage says, in a folder of its own."""
    export(context)
    image.mkdir()
    for word, rest in stage:
        if word == "COPY":
            *sources, target = shlex.split(rest)
            run(["cp", "-R", *sources, str(image / target)], cwd=context)
        elif word == "RUN":
            step = rest.replace("python -m venv", f"{sys.executable} -m venv")
            step = step.replace(" pip --python", f" {sys.executable} -m pip --python")
            run(["sh", "-euc", step], cwd=image, env=fresh())


def fresh() -> dict[str, str]:
    """Return an environment that knows nothing of this project, but how packages are fetched."""
    return {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "HOME", "LANG") or name.startswith(("PIP_", "SSL_"))
    }


def environment(stage: list[Instruction], mounts: dict[str, object]) -> dict[str, str]:
    """Return what the image sets, with the folders of this drill for its own."""
    words = last(stage, "ENV").replace("$PATH", os.environ["PATH"])
    words = words.replace(HOME, str(mounts["image"])).replace(VOLUME, str(mounts["volume"]))
    return fresh() | dict(word.split("=", 1) for word in shlex.split(words))


class Container:
    """What an engine would run: a root, a user and an environment."""

    def __init__(self, script: str, image: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.image = image
        self.enter = [
            program("unshare", "util-linux"),
            "--mount",
            "--pid",
            "--fork",
            "--mount-proc",
        ]
        self.enter += ["--kill-child", "sh", "-euc", script, "sh"]
        self.environment = environment | ENVIRONMENT | {"BIND": f"127.0.0.1:{self.port}"}
        self.environment |= {"DATABASE_URL": environment["DATABASE_URL"]}

    def do(self, *command: str) -> str:
        return run([*self.enter, *command], cwd=self.image, env=self.environment)

    def succeeds(self, *command: str) -> bool:
        try:
            self.do(*command)
        except DrillError:
            return False
        return True

    @contextmanager
    def running(self, *command: str) -> Iterator[None]:
        process = subprocess.Popen(
            [*self.enter, *command],
            cwd=self.image,
            env=self.environment,
            start_new_session=True,
        )
        try:
            yield
        finally:
            # unshare itself hears nothing while what it started runs.
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def refuses_to_write(container: Container, image: Path) -> None:
    for place in (image, image / "var", Path("/etc"), Path("/var/lib")):
        require(not container.succeeds("touch", str(place / "written")), f"{place} is read-only")
