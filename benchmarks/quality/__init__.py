"""What answers, speakers and names are worth: programs that measure the product through its public entrances."""
