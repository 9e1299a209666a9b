"""Traffic that was recorded, judged offline by the gateway's decisions, or learned from."""
