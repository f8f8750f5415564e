"""The list of projects with all that it shows held in memory: its template and nothing else."""

from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template import Engine
from django.template.context import make_context
from django.template.response import TemplateResponse
from django.test import RequestFactory
from django.urls import path

application = get_wsgi_application()

from projects.views import ProjectListView  # noqa: E402 (needs the applications)
from showcase import urls  # noqa: E402 (the same)

TEMPLATE = Engine.get_default().get_template(ProjectListView.template_name)


def in_memory(request):
    with connection.execute_wrapper(refuse):
        return HttpResponse(TEMPLATE.render(make_context(SHOWN, request)))


def refuse(execute, sql, *rest):
    raise AssertionError(f"The template asks the database: {sql}")


def shown() -> dict[str, Any]:
    """Return what the template is given for the first page of the list, read once."""
    request = RequestFactory(headers={"host": "localhost"}).get("/projects/")
    response = ProjectListView.as_view()(request)
    assert isinstance(response, TemplateResponse)
    # What is made when it is first asked for is made now.
    response.render()
    context = make_context(response.context_data, request)
    with context.bind_template(TEMPLATE):
        return {str(name): fetched(value) for name, value in context.flatten().items()}


def fetched(value: Any) -> Any:
    return list(value) if isinstance(value, QuerySet) else value


urlpatterns = [path("in-memory/", in_memory), *urls.urlpatterns]
SHOWN = shown()
# Workers are made of this process, and no connection survives that.
connection.close()
