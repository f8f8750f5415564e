"""Four groups of editors, each of which may do what the one before it may, and more.

Whoever runs the site may change them: what is missing is added, and nothing is taken away.
"""

from django.db import migrations

# What hangs on entries, products and people is edited on their forms and needs no word of its own.
CATALOGUE = {
    "people": ["person"],
    "projects": [
        "changelogentry",
        "collection",
        "contribution",
        "kind",
        "language",
        "product",
        "project",
        "tag",
        "upstream",
    ],
    "showcase": ["page"],
}
ROWS = {
    "people": ["alias", "handle", "personlink"],
    "projects": ["alternative", "credit", "link", "milestone", "relation", "release", "source"],
}


def of_all(action, models):
    return [(app, model, action) for app, names in models.items() for model in names]


CONTRIBUTOR = [
    *of_all("view", CATALOGUE),
    ("projects", "project", "add"),
    ("projects", "workingcopy", "add"),
]
EDITOR = [
    *CONTRIBUTOR,
    *of_all("add", CATALOGUE),
    *of_all("change", CATALOGUE),
    *(row for action in ("view", "add", "change", "delete") for row in of_all(action, ROWS)),
    ("projects", "workingcopy", "approve"),
    ("showcase", "redirect", "view"),
]
PUBLISHER = [
    *EDITOR,
    *of_all("delete", CATALOGUE),
    ("projects", "project", "publish"),
    *(("showcase", "redirect", action) for action in ("add", "change", "delete")),
    *(("showcase", "enquiry", action) for action in ("view", "change")),
]
ADMINISTRATOR = [
    *PUBLISHER,
    *(
        ("auth", model, action)
        for model in ("user", "group")
        for action in ("view", "add", "change", "delete")
    ),
    ("showcase", "enquiry", "delete"),
]
GROUPS = {
    "contributor": CONTRIBUTOR,
    "editor": EDITOR,
    "publisher": PUBLISHER,
    "administrator": ADMINISTRATOR,
}


def make_groups(apps, schema_editor):
    database = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(database)
    for name, permissions in GROUPS.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*(permission(apps, database, *each) for each in permissions))


def permission(apps, database, app, model, action):
    """Return a permission; Django makes those of the models after all migrations, if they lack."""
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(database)
    kind, _ = kinds.get_or_create(app_label=app, model=model)
    options = apps.get_model(app, model)._meta
    words = dict(options.permissions).get(
        f"{action}_{model}", f"Can {action} {options.verbose_name_raw}"
    )
    found, _ = (
        apps.get_model("auth", "Permission")
        .objects.using(database)
        .get_or_create(content_type=kind, codename=f"{action}_{model}", defaults={"name": words})
    )
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("showcase", "0001_initial"),
        ("people", "0002_account"),
        ("projects", "0009_workflow"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
