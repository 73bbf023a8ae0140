from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "gongkai.decisions"
    label = "decisions"
    verbose_name = "决策和会议"

    def ready(self) -> None:
        """Read the table of evidence at the start, so that a mistake in it stops it (C39)."""
        from gongkai.decisions import evidence

        assert evidence.kinds()
