"""A finished site in, one document out: its pages as chapters, printed as a PDF by Chromium."""
