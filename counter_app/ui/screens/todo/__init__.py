"""What is due now: tasks, approvals, money owed, deposits, waits."""
