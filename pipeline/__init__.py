"""Arabic news in, a table of movement events out.

``pipeline.load("configs/movement.cfg")`` gives an ordinary spaCy ``Language``.
"""

from pipeline.config import load

__version__ = "0.1.0"
__all__ = ["__version__", "load"]
