"""Static sites for the diagnostics of France's Conventions Territoriales Globales."""

__version__ = "0.1.0"
