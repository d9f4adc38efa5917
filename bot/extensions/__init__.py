"""Commands, menus and buttons: one file a capability, each loaded by `load_extension`."""
