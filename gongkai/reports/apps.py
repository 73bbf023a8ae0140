from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "gongkai.reports"
    label = "reports"
    verbose_name = "统计与年报"

    def ready(self) -> None:
        """Tell of what is to do."""
        from gongkai.org import todo
        from gongkai.reports import todo as own_todo

        todo.register(own_todo.tell)
