"""Servers that stand in for Telegram and Twilio: strict where the real ones are, failing on demand where they may."""
