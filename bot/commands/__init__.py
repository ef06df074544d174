"""The command line, one file a trade: serving, families, telling, answering, looking."""
