"""The pages about persons as an app of the site; every act ends with search keys made anew."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "banzi.web.people"
    label = "people_pages"

    def ready(self) -> None:
        from banzi.web.audit.acts import at_end_of_acts
        from banzi.web.people.keys import follow_changes

        at_end_of_acts(follow_changes)
