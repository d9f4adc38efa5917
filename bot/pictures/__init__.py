"""Pictures: charts, and quotations as cards to share. Made on the worker, never on the event loop."""
