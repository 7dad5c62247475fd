"""The shape of what is asked for on the pages of this room, each noun in its file."""
