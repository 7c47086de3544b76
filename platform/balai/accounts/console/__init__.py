"""Officers and their roles in the console."""
