"""The demo phone and the staff page."""
