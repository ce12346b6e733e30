"""The door: from a bare machine to an environment that can run GUITrain.

Everything here is standard library, so that it runs before anything is installed.

- `system`: Qt's system libraries, the screen, and the system's package manager.
- `requirements`: what must be true before anything is downloaded.
- `sources`: where pip would get PyTorch from, and which build is wanted.
- `environment`: the folder `.venv`: its stamp, its lock, and how it is made.
- `progress`: telling the person, with a console or without one.
- `door`: the options, and the order in which the above happens.
"""
