"""Files of other formats as one finds them, and what the database makes of what they say."""

from datetime import date

from showcase.exchange import read
from showcase.management.commands.loaddata import position
from showcase.rows import Rows

TODAY = date(2026, 11, 22)

PUBLICCODE = """\
publiccodeYmlVersion: "0.4"
name: Medusa
url: "https://example.com/italia/medusa.git"
landingURL: https://example.com/italia/medusa
softwareVersion: 1.10
releaseDate: 2024-04-15
platforms: [web]
categories:
  - financial-reporting
  - budgeting
developmentStatus: stable
softwareType: standalone/web
description:
  it:
    shortDescription: Un rapporto finanziario.
  en-GB:
    genericName: Text Editor
    shortDescription: >
      Writes reports on
      public money.
    longDescription: |
      Very long description of this software, also split
      on multiple rows.

      It has two paragraphs.
    documentation: https://read.example.com/medusa
    features:
      - Adds numbers up
      - Draws charts
legal:
  license: agpl-3.0-or-later
  mainCopyrightOwner: City of Chicago
maintenance:
  type: internal
  contacts:
    - name: Francesco Rossi
      email: francesco.rossi@comune.example.it
      phone: +39 231 13215112
localisation:
  localisationReady: true
  availableLanguages: [no, it]
dependsOn:
  open:
    - name: PostgreSQL
      versionMin: "14.2"
    - name: Redis
"""

CODEMETA = """\
{
  "@context": "https://w3id.org/codemeta/3.0",
  "@type": "SoftwareSourceCode",
  "name": "CodeMeta Generator",
  "description": "Writes codemeta.json. It runs in the browser.",
  "license": "https://spdx.org/licenses/AGPL-3.0-only.html",
  "codeRepository": "https://github.com/codemeta/codemeta-generator",
  "url": "https://codemeta.github.io/codemeta-generator/",
  "issueTracker": "https://github.com/codemeta/codemeta-generator/issues",
  "releaseNotes": "Many bugs were fixed.",
  "softwareHelp": {"@type": "CreativeWork", "url": "https://codemeta.github.io/help"},
  "datePublished": "2019-10-02",
  "dateModified": "2024-05-01T10:00:00Z",
  "version": "2.0",
  "developmentStatus": "https://www.repostatus.org/#inactive",
  "programmingLanguage": ["C++", {"@type": "ComputerLanguage", "name": "Shell"}],
  "keywords": "metadata, JSON-LD",
  "softwareRequirements": ["A browser"],
  "author": [
    {
      "@type": "Person",
      "@id": "https://orcid.org/0000-0002-1825-0097",
      "givenName": "Morane",
      "familyName": "Gruenpeter",
      "email": "morane@example.org"
    },
    {"@type": "Organization", "name": "Software Heritage"},
    "Valentin Lorentz <valentin@example.org>"
  ],
  "maintainer": {"type": "Person", "name": "Morane Gruenpeter"}
}
"""

CITATION = """\
cff-version: 1.2.0
message: If you use this software, please cite it as below.
type: software
title: Ruby CFF Library
abstract: Reads and writes citations, so that software can be credited.
authors:
  - given-names: Robert
    name-particle: van
    family-names: Haines
    email: robert@example.org
    orcid: https://orcid.org/0000-0002-9538-7919
  - name: The Ruby Citation File Format Developers
license:
  - Apache-2.0
  - MIT
repository-code: https://github.com/citation-file-format/ruby-cff
url: https://citation-file-format.github.io
keywords: [ruby, credit]
version: 1.10
date-released: 2024-02-03
"""

LANDSCAPE = """\
landscape:
  - category:
    name: Provisioning
    subcategories:
      - subcategory:
        name: Automation & Configuration
        items:
          - item:
            name: Airship
            description: >-
              Builds a cloud from bare metal, in a way that is declared beforehand and can be
              repeated. It is a set of tools that work together, and each of them can be used
              by itself.
            homepage_url: https://www.airshipit.org
            repo_url: https://github.com/airshipit/treasuremap
            license: Apache-2.0
            logo: airship.svg
            project: archived
            extra:
              documentation_url: https://docs.airshipit.org
              clomonitor_name: airship
              annotations:
                - key: value
          - item:
            name: Ansible
            homepage_url: https://www.ansible.com
            license: GNU General Public License
            crunchbase: https://www.crunchbase.com/organization/red-hat
      - subcategory:
        name: Empty so far
        items:
"""

PROJECTS = """\
name,slug,tagline,status,status_as_of,licence,kinds,languages,tags,source_url,is_featured
Virter,,Makes virtual machines.,active,2024-01-01,mit,command-line tool,Go; Shell,storage;qemu,\
https://github.com/LINBIT/virter,yes
generate-cat-file,cat-file,Writes catalogues.,finished,,,,,,,
"""

PEOPLE = """\
name,headline,organisation,is_listed,other_names,github
Moritz Wanzenböck,Developer,LINBIT,TRUE,WanzenBug,WanzenBug
Ärnst O'Neill,,,,,
"""

FILES = {
    "publiccode.yml": PUBLICCODE,
    "codemeta.json": CODEMETA,
    "CITATION.cff": CITATION,
    "landscape.yml": LANDSCAPE,
    "projects.csv": PROJECTS,
    "people.csv": PEOPLE,
}


def reading_of(content, name):
    content = content if isinstance(content, bytes) else content.encode()
    return read(name, content, TODAY)


def stated(reading, model):
    """Return what is stated about a model, row by row."""
    return [record.fields for record in reading.records if record.model is model]


def save(reading):
    """Make rows of what a file says, as strictly as fixtures."""
    rows = Rows("default")
    made = []
    for record in sorted(reading.records, key=position):
        row = rows.make(record)
        if record.if_missing and row.object.pk:
            continue
        row.save()
        made.append(row.object)
    for _, row in rows.finish():
        row.save()
    for row in made:
        row.full_clean()
        row.clean_whole()
