from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "weerklank_web.answers"
    label = "answers"

    def ready(self) -> None:
        """Take part in export and erasure; count before registrations are thinned; forget with the last links."""
        from weerklank_web.answers.actions.stance import (
            count_before_thinning,
            erase_stances,
            export_stances,
            forget_whose_stances,
        )
        from weerklank_web.answers.gates import desk_or_none
        from weerklank_web.gatherings.recipients import recognise_recipient
        from weerklank_web.gatherings.rights import before_thinning, register_own_data, when_forgotten

        register_own_data("reacties", export=export_stances, erase=erase_stances)
        before_thinning("answers", count_before_thinning)
        when_forgotten("answers", forget_whose_stances)
        recognise_recipient(lambda request, gathering: desk_or_none(request, gathering) is not None)
