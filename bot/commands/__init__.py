"""What the commands do between the words typed and the result printed."""
