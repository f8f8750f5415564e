"""The programs beside Python that the browser tests need, and where they are."""

import os
import shutil
from pathlib import Path

from tests import ROOT

CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome"]
VNU_JAR = ROOT / "var" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def java() -> str | None:
    return shutil.which("java")


def html_checker() -> Path | None:
    """The Nu HTML checker."""
    jar = Path(os.environ.get("VNU_JAR", VNU_JAR))
    return jar if jar.is_file() else None


def missing() -> str:
    """One sentence that says what to install, or nothing."""
    remedies = {
        "Chromium (the package chromium)": chromium(),
        "Java 17 or newer (the package default-jre-headless)": java(),
        "the Nu HTML checker (npm install --prefix var vnu-jar, or name its file in VNU_JAR)": (
            html_checker()
        ),
    }
    absent = [remedy for remedy, found in remedies.items() if not found]
    return f"The browser tests also need {' and '.join(absent)}." if absent else ""
