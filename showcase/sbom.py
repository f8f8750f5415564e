"""Tells of which packages the site is made, as a bill of materials in the form of CycloneDX 1.6.

The lock says what has to be there, the packages themselves say under which licence they are and
what they need. The same packages make the same bill, so that two of them can be compared.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

type Document = dict[str, Any]

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
# A requirement begins its line; its hashes are on the lines below it.
PIN = re.compile(r"^([a-z0-9-]+==[^\\\n]+)", re.MULTILINE)
# What came along as files: see docs/dependencies.md.
FONT = {
    "type": "file",
    "bom-ref": "source-sans-3",
    "name": "Source Sans 3",
    "version": "3.052",
    "licenses": [{"expression": "OFL-1.1"}],
}


class OtherPackageError(Exception):
    """What is installed is not what the lock asks for."""


def bill_of_materials(root: Path) -> Document:
    """Return the bill of the release in a folder, with the packages of this Python."""
    lock = (root / "requirements.txt").read_bytes()
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    packages = [installed(pin) for pin in pins(lock.decode())]
    needed = Needed(project["dependencies"], packages)
    bill = {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
            },
            "properties": [{"name": "sha256:requirements.txt", "value": sha256(lock).hexdigest()}],
        },
        "components": [*map(component, packages), FONT],
        "dependencies": [
            {"ref": project["name"], "dependsOn": [*needed.by_site(), FONT["bom-ref"]]},
            *({"ref": reference(each), "dependsOn": needed.by(each)} for each in packages),
        ],
    }
    return bill | {"serialNumber": uuid5(NAMESPACE_URL, repr(bill)).urn}


def pins(lock: str) -> Iterator[Requirement]:
    """Give what a lock asks for on this system and this Python."""
    for line in PIN.findall(lock):
        requirement = Requirement(line)
        if applies(requirement):
            yield requirement


def applies(requirement: Requirement, extras: Iterable[str] = ()) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))


def installed(pin: Requirement) -> metadata.Distribution:
    try:
        package = metadata.distribution(pin.name)
    except metadata.PackageNotFoundError:
        raise OtherPackageError(f"{pin.name} is not installed") from None
    if not pin.specifier.contains(package.version, prereleases=True):
        raise OtherPackageError(f"{pin.name} {package.version} is installed, not {pin}")
    return package


def component(package: metadata.Distribution) -> Document:
    return {
        "type": "library",
        "bom-ref": reference(package),
        "name": named(package),
        "version": package.version,
        "licenses": licences(package),
        "purl": f"pkg:pypi/{named(package)}@{package.version}",
    }


def reference(package: metadata.Distribution) -> str:
    return f"{named(package)}=={package.version}"


def named(package: metadata.Distribution | Requirement) -> str:
    return canonicalize_name(package.name)


def licences(package: metadata.Distribution) -> list[Document]:
    """Return what a package says of its licence: an expression, or names in words of its own."""
    said = package.metadata.get("License-Expression") or package.metadata.get("License") or ""
    try:
        return [{"expression": canonicalize_license_expression(said)}]
    except InvalidLicenseExpression:
        classified = package.metadata.get_all("Classifier") or []
        names = [line.rpartition(" :: ")[2] for line in classified if line.startswith("License")]
        return [{"license": {"name": name}} for name in names or [said or "unknown"]]


class Needed:
    """Knows which packages of the bill need which."""

    def __init__(self, wanted: list[str], packages: list[metadata.Distribution]) -> None:
        self.wanted = {named(each): each for each in map(Requirement, wanted)}
        self.references = {named(package): reference(package) for package in packages}

    def by_site(self) -> list[str]:
        return self._references(self.wanted)

    def by(self, package: metadata.Distribution) -> list[str]:
        asked = self.wanted.get(named(package))
        extras = asked.extras if asked else ()
        required = map(Requirement, package.requires or [])
        return self._references(named(each) for each in required if applies(each, extras))

    def _references(self, names: Iterable[str]) -> list[str]:
        return [self.references[name] for name in sorted({*names} & self.references.keys())]
