"""Who may do what with entries and people, beyond what Django's own permissions say of models."""

PUBLISH = "projects.publish_project"
PROPOSE = "projects.add_workingcopy"
APPROVE = "projects.approve_workingcopy"
# What visitors see, or are told of.
PUBLIC = {"published", "withdrawn"}
# What only publishers set.
PUBLICATION = ("state", "published_at", "withdrawal_note", "is_featured")


def may_publish(user):
    return user.has_perm(PUBLISH)


def is_publication(before, after):
    """Tell whether a change of its fields is one of what visitors see of an entry, and where."""
    moved = {name for name in PUBLICATION if before.get(name) != after.get(name)}
    states = {before.get("state"), after.get("state")}
    return bool(moved - {"state", "published_at"} or (moved and states & PUBLIC))


def owns_draft(user, project):
    """Whoever wrote a draft goes on with it until it is published."""
    return project.owner_id == user.pk and project.state in {"draft", "in-review"}


def may_propose(user, thing):
    """Tell whether somebody may write a working copy of an entry or of a person's page."""
    return user.has_perm(PROPOSE) or is_own(user, thing)


def is_own(user, thing):
    """Tell whether a thing is the page of somebody, or an entry that they are credited for."""
    person = getattr(user, "person", None)
    if person is None:
        return False
    return thing == person or (
        hasattr(thing, "kind_items") and thing.credits.filter(person=person).exists()
    )
