from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "gongkai.web"
    label = "web"
    verbose_name = "网站"

    def ready(self) -> None:
        """Load the office's own readings of the law, if it keeps any (机关自定口径、另装的放假安排); take files away before
        a change commits; tell the reach of policies and the gazette how often pages were opened."""
        from django.conf import settings

        from gongkai.law import calendar, params

        params.override(settings.PARAMS_FILE)
        calendar.extra(settings.CALENDAR_FOLDER)

        from gongkai.gazette import reading
        from gongkai.org.actions import logging
        from gongkai.policies import reach

        from . import visits

        logging.connect(_take_away, dispatch_uid="publisher")
        reach.count_pages_with(visits.opened)
        reading.count_pages_with(visits.under)


def _take_away(*, entry: object, **kwargs: object) -> None:
    """Whatever the change may make wrong goes before it is committed; a failure undoes the change."""
    from .publisher import publisher

    publisher.drop(entry)  # type: ignore[arg-type]
