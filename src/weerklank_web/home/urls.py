from django.urls import path

from weerklank_web.home.views import front, link, mine, post_room

app_name = "home"

urlpatterns = [
    path("", front.front_page, name="front"),
    path("l/<str:secret>/", link.open_link, name="open-link"),
    path("mijn/", mine.mine, name="mine"),
    path("post/", post_room.post_room, name="post-room"),
]
