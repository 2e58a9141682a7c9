"""Pages of the operations of a contract, their money, the maquettes, the funders."""
