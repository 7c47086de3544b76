"""The live room: the wall a mayor looks at, made of other modules' widgets."""
