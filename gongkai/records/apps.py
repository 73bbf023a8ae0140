from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "gongkai.records"
    label = "records"
    verbose_name = "政府信息"

    def ready(self) -> None:
        """Read the tables at the start, so that a mistake in one stops it (C39)."""
        from gongkai.records import review, types

        types.all()
        assert review.TABLE
