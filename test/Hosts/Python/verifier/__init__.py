"""A second verifier of statements, receipts, proofs and logs, written from specs/ alone."""
