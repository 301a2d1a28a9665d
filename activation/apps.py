"""The app that holds what is known about volume activation."""

from django.apps import AppConfig


class ActivationConfig(AppConfig):
    name = "activation"
    verbose_name = "Catalogue"
    default_auto_field = "django.db.models.BigAutoField"
