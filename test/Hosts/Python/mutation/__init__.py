"""Ten thousand changed statements, receipts and proofs, and what two verifiers say of each."""
