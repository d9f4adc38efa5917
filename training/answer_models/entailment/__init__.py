"""The entailment reader: pairs from public sets and from the archive's quotations, and how it is fitted on them."""
