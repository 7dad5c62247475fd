"""The pages of this room, each noun in the file of its name."""
