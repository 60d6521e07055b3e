"""Briefings and answers as files, for a folder, a mail or a printer."""
