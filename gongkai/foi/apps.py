from django.apps import AppConfig


class FoiConfig(AppConfig):
    name = "gongkai.foi"
    label = "foi"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Read the tables at the start, so that a mistake in one stops it (C39); tell of what is under way."""
        from gongkai.foi import open_work as own_work
        from gongkai.foi import papers
        from gongkai.foi import todo as own_todo
        from gongkai.law import replies
        from gongkai.org import open_work, todo

        assert replies.outcomes() and papers.all()
        open_work.register(own_work.tell)
        todo.register(own_todo.tell)
