"""Every way in which Django can write what is searched: all bring a quokka, or take away."""

from django.core.management import call_command
from django.utils import timezone

from people.models import Alias, Handle, Person
from projects.models import (
    Alternative,
    Collection,
    Contribution,
    Credit,
    Kind,
    Language,
    Product,
    Project,
    ProjectKind,
    ProjectLanguage,
    Relation,
    Release,
    Tag,
    TaggedProject,
    Upstream,
)
from tests.factories import (
    A_DAY,
    make_kind,
    make_language,
    make_person,
    make_product,
    make_tag,
    make_upstream,
)


def virter():
    return Project.objects.get(slug="virter")


def by_saving():
    project = virter()
    project.tagline = "quokka"
    project.save()


def by_saving_one_field():
    project = virter()
    project.need = "quokka"
    project.save(update_fields=["need"])


def by_update():
    Project.objects.filter(slug="virter").update(tagline="quokka")


def by_update_of_what_is_filtered_by():
    Project.objects.filter(slug="virter", tagline="Makes virtual machines.").update(
        tagline="quokka"
    )


def by_bulk_update():
    project = virter()
    project.description = "quokka"
    Project.objects.bulk_update([project], ["description"])


def by_bulk_create():
    Alternative.objects.bulk_create(
        [Alternative(project=virter(), name="quokka", difference="smaller")]
    )


def by_bulk_create_that_ignores_conflicts():
    TaggedProject.objects.bulk_create(
        [TaggedProject(content_object=virter(), tag=make_tag("quokka"))], ignore_conflicts=True
    )


def by_bulk_create_that_updates():
    tag = Tag.objects.get(slug="storage")
    tag.name = "quokka"
    Tag.objects.bulk_create(
        [tag], update_conflicts=True, unique_fields=["id"], update_fields=["name"]
    )


def by_update_or_create():
    Project.objects.update_or_create(slug="virter", defaults={"aliases": "quokka"})


def by_a_tag_of_another_name():
    Tag.objects.filter(slug="storage").update(name="quokka")


def by_an_alias_of_a_tag():
    tag = Tag.objects.get(slug="storage")
    tag.aliases = "disks\nquokka"
    tag.save()


def by_a_new_tag():
    virter().tags.add(make_tag("quokka"))


def by_a_kind_of_another_name():
    Kind.objects.filter(items__project=virter()).update(name="quokka")


def by_a_language_of_another_name():
    Language.objects.filter(items__project=virter()).update(name="quokka")


def by_a_new_kind():
    virter().kinds.add(make_kind("quokka"))


def by_a_new_language():
    virter().languages.set([make_language("quokka")])


def by_a_person_of_another_name():
    person = Person.objects.get(slug="roland-kammerer")
    person.name = "Quokka"
    person.save()


def by_an_alias_of_a_person():
    Alias.objects.create(person=Person.objects.get(slug="roland-kammerer"), name="quokka")


def by_a_new_credit():
    Credit.objects.create(project=virter(), person=make_person("Quokka"))


def by_a_credit_given_to_another_person():
    credit = virter().credits.first()
    Credit.objects.filter(pk=credit.pk).update(person=make_person("Quokka"))


def by_a_product_of_another_name():
    virter().relations_from.create(verb="spun-out-of", object_product=make_product("Bilby"))
    Product.objects.filter(slug="bilby").update(name="quokka")


def by_a_new_relation():
    virter().relations_from.create(verb="made-for", object_product=make_product("quokka"))


def by_an_upstream_of_another_name():
    upstream = Upstream.objects.get(slug="libbpf-rs")
    upstream.name = "quokka"
    upstream.save()


def by_a_new_contribution():
    virter().contributions.create(
        upstream=make_upstream("quokka"), title="A fix", state="merged", state_as_of=A_DAY
    )


def by_a_contribution_of_another_title():
    Contribution.objects.filter(project=virter()).update(title="quokka")


def by_adding_the_alternative_of_another_entry():
    other = Project.objects.get(slug="other-1")
    alternative = Alternative.objects.create(project=other, name="quokka", difference="smaller")
    virter().alternatives.add(alternative)


def by_adding_the_alias_of_another_person():
    other = make_person("Somebody Else")
    alias = Alias.objects.create(person=other, name="quokka")
    Person.objects.get(slug="roland-kammerer").aliases.add(alias)


def by_an_alternative_of_another_name():
    alternative = virter().alternatives.filter(other=None).first()
    alternative.name = "quokka"
    alternative.save()


def by_publication():
    Project.objects.filter(slug="wombat").update(
        name="Virter", aliases="quokka", state="published", published_at=timezone.now()
    )


APPEARING = [value for name, value in list(globals().items()) if name.startswith("by_")]


def without_a_tag():
    Tag.objects.filter(slug="storage").delete()


def without_the_tag_on_the_entry():
    virter().tags.remove(Tag.objects.get(slug="storage"))


def without_any_tag():
    virter().tags.clear()


def without_the_credit():
    virter().credits.all().delete()


def without_the_person():
    Credit.objects.all().delete()
    Person.objects.get(slug="roland-kammerer").delete()


def without_the_relations():
    Relation.objects.all().delete()


def without_the_contribution():
    virter().contributions.first().delete()


def without_the_alternatives():
    virter().alternatives.all().delete()


def without_the_alias():
    Alias.objects.all().delete()


def without_the_handle():
    Handle.objects.all().delete()


def without_a_release():
    Release.objects.filter(project=virter()).delete()


def without_the_page_of_a_person():
    Person.objects.filter(slug="roland-kammerer").update(is_listed=False)


def without_a_collection():
    Collection.objects.all().delete()


def without_kinds_and_languages():
    ProjectKind.objects.all().delete()
    ProjectLanguage.objects.all().delete()


def without_the_entry():
    Project.objects.filter(slug="other-1").delete()


def without_everything():
    call_command("flush", interactive=False, verbosity=0)


GOING = [value for name, value in list(globals().items()) if name.startswith("without_")]
