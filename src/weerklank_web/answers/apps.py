from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "weerklank_web.answers"
    label = "answers"

    def ready(self) -> None:
        """Take part in export and erasure, and count what was said before registrations are thinned."""
        from weerklank_web.answers.actions.stance import count_before_thinning, erase_stances, export_stances
        from weerklank_web.gatherings.rights import before_thinning, register_own_data

        register_own_data("reacties", export=export_stances, erase=erase_stances)
        before_thinning("answers", count_before_thinning)
