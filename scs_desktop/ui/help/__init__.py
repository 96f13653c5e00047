"""Help: of the page that was left, of the rules, of the words; found by their words, without a network."""
