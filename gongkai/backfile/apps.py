from django.apps import AppConfig


class BackfileConfig(AppConfig):
    name = "gongkai.backfile"
    label = "backfile"
    verbose_name = "历史信息"
