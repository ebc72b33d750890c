from django.urls import path

from weerklank_web.home import views

app_name = "home"

urlpatterns = [
    path("", views.front_page, name="front"),
]
