"""Addresses of the door `portal`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
