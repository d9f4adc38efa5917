"""How often answers, quotations, speakers and verifications are right, against labels made by reading."""
