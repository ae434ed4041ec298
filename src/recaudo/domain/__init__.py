"""The corridor of rooms. All writing happens here; a room calls only the rooms below it."""
