from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "gongkai.policies"
    label = "policies"
    verbose_name = "政策"

    def ready(self) -> None:
        """Put up the gate of simultaneous release; offer its step on a record; tell of what is to do."""
        from gongkai.org import todo
        from gongkai.policies import cards, listing, sections, steps
        from gongkai.policies import todo as own_todo
        from gongkai.policies.gate import Together
        from gongkai.records import gates, listings, pages, review

        gates.register(Together())
        review.register(steps.tell)
        pages.register_section(sections.tell)
        pages.register_section(cards.section)
        review.register(cards.step)
        pages.register_validity(sections.validity)
        todo.register(own_todo.tell)
        listings.register(listing.LISTER)
        todo.register(cards.todo)
