from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "weerklank_web.dialogue"
    label = "dialogue"

    def ready(self) -> None:
        """Take part in a participant's export and erasure; look at votes when their step closes."""
        from weerklank_web.dialogue.actions.rights import erase_words, export_words
        from weerklank_web.dialogue.actions.vote import erase_votes, export_votes
        from weerklank_web.dialogue.tasks import look_at_what_closed
        from weerklank_web.gatherings.moves import when_moved
        from weerklank_web.gatherings.rights import register_own_data

        register_own_data("woorden", export=export_words, erase=erase_words)
        register_own_data("stemmen", export=export_votes, erase=erase_votes)
        when_moved("stemmen", look_at_what_closed)
