"""What is left after kills, full disks, load and hostile files."""
