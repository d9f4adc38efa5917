"""Cards: what Discord shows for each value, made without looking anything up."""
