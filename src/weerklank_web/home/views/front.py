"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

__all__ = ["front_page"]


def front_page(request: HttpRequest) -> HttpResponse:
    return render(request, "home/front.html")
