"""Other projects measured on the same data by the same scripts."""
