"""Holds the units against systemd itself: are they sound, and how much may they do?"""

import os
import re
import shutil

from .. import ROOT
from .programs import folder, program, require, run, say

# Of ten, which is everything: systemd's own measure.
MOST_EXPOSURE = 1.5


def verify() -> None:
    analyze = program("systemd-analyze", "systemd")
    with folder() as path:
        # What is not there cannot be started, so the release is this tree.
        units = shutil.copytree(ROOT / "deploy" / "systemd", path / "units")
        for unit in [*units.glob("*.*"), *units.glob("*/*.conf")]:
            if unit.is_file():
                unit.write_text(unit.read_text().replace("/srv/showcase/current", str(ROOT)))
        environment = os.environ | {"SYSTEMD_UNIT_PATH": f"{units}:"}
        files = sorted(str(unit) for unit in units.iterdir() if unit.is_file())
        said = run([analyze, "verify", "--man=no", *files], env=environment)
        # A line that systemd does not know is passed over, with a word but without a status.
        require(not said, f"systemd has nothing to say, but: {said}")
        for service in [name for name in files if name.endswith(".service")]:
            judging = [analyze, "security", "--offline=true", "--no-pager", service]
            verdict = run(judging, env=environment).splitlines()[-1]
            exposure = float(re.findall(r": (\d+\.\d+) ", verdict)[0])
            require(exposure <= MOST_EXPOSURE, f"{service} is exposed less than {exposure}")
            say(verdict.strip("→ "))
    say(f"{len(files)} units are sound.")
