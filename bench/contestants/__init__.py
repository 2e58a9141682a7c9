"""What is compared: ours and what a user would pick instead, one module a task.

A maker reads its input and returns the call to time; each runs in a process of its own, so that a
library is imported only where it is used. All the calls of a task give the same answer.
"""
