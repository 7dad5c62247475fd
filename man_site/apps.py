from django.apps import AppConfig


class ManSiteConfig(AppConfig):
    name = "man_site"

    def ready(self) -> None:
        from man_site import wiring  # noqa: PLC0415 (models exist only now)

        wiring.connect()
