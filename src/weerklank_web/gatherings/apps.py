from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "weerklank_web.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        from weerklank_web.gatherings.actions.presence import count_before_thinning
        from weerklank_web.gatherings.actions.seating_traces import (
            export_place,
            forget_person,
            forget_seating,
        )
        from weerklank_web.gatherings.rights import before_thinning, register_own_data

        register_own_data("indeling", export=export_place, erase=forget_person)
        before_thinning("attendance", count_before_thinning)
        before_thinning("seating", forget_seating)
