"""A Discord on this machine: REST and gateway over loopback sockets, and a page in the browser."""
