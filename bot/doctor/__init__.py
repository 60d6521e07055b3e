"""What is missing or wrong in this installation, and how to fix it."""
