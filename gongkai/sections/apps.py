from django.apps import AppConfig


class SectionsConfig(AppConfig):
    name = "gongkai.sections"
    label = "sections"
    verbose_name = "专栏"

    def ready(self) -> None:
        """Tell the publisher of the list pages, and the desk of what is to do."""
        from gongkai.org import todo
        from gongkai.records import listings
        from gongkai.sections import listing
        from gongkai.sections import todo as own_todo

        todo.register(own_todo.tell)
        listings.register(listing.LISTER)
