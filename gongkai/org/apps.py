from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "gongkai.org"
    label = "org"
    verbose_name = "单位与人员"

    def ready(self) -> None:
        """Hear of sign-ins and changes to accounts, which allauth and axes announce; clean every text before it is written."""
        from . import writing
        from .views import signin  # noqa: F401

        writing.connect()
