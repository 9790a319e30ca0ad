"""A second verifier of Concord's statements, receipts, proofs and logs, written from specs/ alone."""
