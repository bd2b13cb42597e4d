"""Questionnaires: every respondent's answers → tables that may be published."""
