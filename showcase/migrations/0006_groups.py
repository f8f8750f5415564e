"""Five groups of editors, each of which may do what the one before it may, and more.

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


# What is found by name on a form. Others would tell of entries that are not public.
WORDS = {
    "people": ["person"],
    "projects": ["kind", "language", "product", "project", "tag", "upstream"],
}
AUTHOR = of_all("view", WORDS)
CONTRIBUTOR = [
    *AUTHOR,
    ("projects", "project", "add"),
    ("projects", "workingcopy", "add"),
]
EDITOR = [
    *CONTRIBUTOR,
    *of_all("view", CATALOGUE),
    *of_all("add", CATALOGUE),
    *of_all("change", CATALOGUE),
    *(row for action in ("view", "add", "change", "delete") for row in of_all(action, ROWS)),
    ("projects", "workingcopy", "approve"),
    ("reversion", "revision", "view"),
    ("showcase", "redirect", "view"),
    *(("showcase", "linkcheck", action) for action in ("view", "check")),
    *(("showcase", "missedsearch", action) for action in ("view", "change", "delete")),
    *(("showcase", "distinct", action) for action in ("view", "delete")),
]
PUBLISHER = [
    *EDITOR,
    *of_all("delete", CATALOGUE),
    ("projects", "project", "publish"),
    ("showcase", "merger", "view"),
    ("showcase", "importedrow", "import"),
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
    "author": AUTHOR,
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
    own = {name.partition("_")[0]: (name, words) for name, words in options.permissions}
    codename, words = own.get(
        action, (f"{action}_{model}", f"Can {action} {options.verbose_name_raw}")
    )
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    found, _ = permissions.get_or_create(
        content_type=kind, codename=codename, defaults={"name": words}
    )
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("showcase", "0005_distinct"),
        ("people", "0002_account"),
        ("projects", "0009_workflow"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
