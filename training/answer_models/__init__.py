"""What the programs that train ranker, reranker and question encoder have in common."""
