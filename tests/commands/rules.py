"""Fixtures of sound records that break a rule of the catalogue, and what is said about them."""

from .refused import TAG
from .samples import SOUND, but, without

PROJECT = (
    "- model: projects.project\n  fields: {name: %s, slug: %s, tagline: Makes something.,"
    " status: active, status_as_of: 2024-01-01, successor: [%s]}\n"
)
RELATION = (
    "- model: projects.relation\n  fields: {subject_%s: [%s], verb: works-with, object_%s: [%s]}\n"
)

RULES = {
    "a name that another row has": (
        SOUND + (TAG % ("Storage", "storage")) + (TAG % ("Storage", "block-storage")),
        "record 11 (projects.tag “block-storage”), field “name”",
        "already exists",
    ),
    "a name in other letters": (
        SOUND + (TAG % ("Storage", "storage")) + (TAG % ("STORAGE", "storage-2")),
        "record 11 (projects.tag “storage-2”)",
        "a tag of this name already, in other letters",
    ),
    "published without a kind": (
        but("    project: [virter]\n    kind:", "    project: [other]\n    kind:")
        + (PROJECT % ("Other", "other", "virter")),
        "record 4 (projects.project “virter”)",
        "needs at least one kind",
    ),
    "said from both sides": (
        SOUND
        + RELATION % ("project", "virter", "product", "linstor")
        + RELATION % ("product", "linstor", "project", "virter"),
        "record 10 (projects.relation",
        "“LINSTOR works with Virter” is there already",
    ),
    "published without a moment": (
        without("published_at: 2024-01-01 09:00:00+00:00"),
        "record 4",
        "needs the moment of its publication",
    ),
    "a successor of itself": (
        but("status: active", "status: active\n    successor: [virter]"),
        "cannot be its own successor",
    ),
    "successors of each other": (
        (PROJECT % ("Old", "old", "new")) + (PROJECT % ("New", "new", "old")),
        "record 1 (projects.project “old”), field “successor”",
        "Old already takes the place of New, so New cannot take the place of Old",
    ),
    "a circle of successors": (
        "".join(PROJECT % (a.title(), a, b) for a, b in ("ab", "bc", "ca")),
        "record 1 (projects.project “a”), field “successor”",
        "A already takes the place of B",
    ),
    "a credit for nothing": (
        but("    project: [virter]\n    role: author\n", "    role: author\n"),
        "record 5",
        "Choose either a project or a product",
    ),
    "a credit for two": (
        but("    role: author", "    role: author\n    product: [linstor]"),
        "Choose either a project or a product",
    ),
    "a link from nowhere": (
        but("    project: [virter]\n    role: source\n", "    role: source\n"),
        "record 6",
        "Choose exactly one of project, product and upstream",
    ),
    "a relation with itself": (
        SOUND + "\n- model: projects.relation\n"
        "  fields: {subject_project: [virter], verb: uses, object_project: [virter]}\n",
        "Nothing is related to itself",
    ),
    "a relation with nothing": (
        SOUND + "\n- model: projects.relation\n  fields: {verb: uses, object_project: [virter]}\n",
        "Choose exactly one subject",
    ),
    "a first release after the status": (
        but("status: active", "status: active\n    first_released_on: 2025-01-01"),
        "record 4",
        "The first release cannot be later than the status",
    ),
    "a redirect to itself": (
        SOUND + "\n- model: showcase.redirect\n  fields: {old_path: /a/, new_path: /a/}\n",
        "record 10 (showcase.redirect “/a/”): An address cannot lead to itself",
    ),
    "a redirect to another site": (
        SOUND + "\n- model: showcase.redirect\n  fields: {old_path: /a/, new_path: //b/}\n",
        "field “new_path”",
        "single slash",
    ),
    "parts of each other": (
        SOUND
        + "\n- model: projects.product\n  fields: {name: DRBD, slug: drbd, tagline: Copies data.,"
        " updated_at: 2024-01-01 09:00:00Z}\n"
        + "".join(
            "- model: projects.relation\n"
            f"  fields: {{subject_product: [{one}], verb: part-of, object_product: [{two}]}}\n"
            for one, two in (("drbd", "linstor"), ("linstor", "drbd"))
        ),
        "record 11",
        "is already part of",
    ),
}
