from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "weerklank_web.practices"
    label = "practices"

    def ready(self) -> None:
        """Take part in a participant's export and erasure, and forget with the last of the links."""
        from weerklank_web.gatherings.rights import register_own_data, when_forgotten
        from weerklank_web.practices.actions import erase_steps, export_steps, forget_steps

        register_own_data("volgende_stappen", export=export_steps, erase=erase_steps)
        when_forgotten("practices", forget_steps)
