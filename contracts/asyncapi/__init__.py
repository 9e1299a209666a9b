"""Building the model from AsyncAPI 2.x and 3.x."""
