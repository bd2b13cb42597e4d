"""From a Diagnostic to Markdown pages, charts as data, and downloads."""
