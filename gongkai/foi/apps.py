from django.apps import AppConfig


class FoiConfig(AppConfig):
    name = "gongkai.foi"
    label = "foi"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Read the tables at the start, so that a mistake in one stops it (C39)."""
        from gongkai.foi import papers
        from gongkai.law import replies

        assert replies.outcomes() and papers.all()
