from tests.admin.conftest import admin_form

__all__ = ["admin_form"]
