"""Join: six letters lead to a workshop."""

from pages.parts import live

live.view("join", "room.join", "")
