"""What a paper does with a term, and what it is to another paper."""
