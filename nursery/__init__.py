"""The setting and its families: the records and rules behind what is said."""

from sqlmodel import SQLModel

SQLModel.model_config["defer_build"] = True
"""A record is never checked by pydantic: what comes in has been read before it becomes one. Building the checks of all
records, which nothing uses, was a twentieth of every start."""
