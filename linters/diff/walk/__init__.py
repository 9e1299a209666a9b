"""Walking two contracts side by side and stating transitions. One module for each part of a contract."""
