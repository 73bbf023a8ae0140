from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "gongkai.questions"
    label = "questions"
    verbose_name = "公众提问"
