"""From sandbox to official service: the checklist, its proofs, the request and the decision."""
