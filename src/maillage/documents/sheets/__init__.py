"""Spreadsheets that live: cells that compute, in the files of Excel and of LibreOffice."""
