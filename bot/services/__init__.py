"""What extensions and tasks call: coroutines over the archive, each bounded by a worker."""
