"""Addresses of the door `oficina`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
