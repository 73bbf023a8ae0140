from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "gongkai.search"
    label = "search"
    verbose_name = "检索与问答"

    def ready(self) -> None:
        """Tell of what is to do and what is under way."""
        from gongkai.org import open_work, todo
        from gongkai.search import todo as own_todo

        todo.register(own_todo.tell)
        open_work.register(own_todo.open_work)
