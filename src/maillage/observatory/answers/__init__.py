"""Answers to the questions, as frozen values, and the JSON schemas of those that are published."""
