"""What was seen: counted, kept where a killed process leaves it whole, and sent so that nothing counts twice."""
