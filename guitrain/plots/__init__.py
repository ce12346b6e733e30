"""One file per plot, used by the window and by export alike."""
