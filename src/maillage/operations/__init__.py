"""The living portfolio of a contract: operations, their money, the yearly maquette."""
