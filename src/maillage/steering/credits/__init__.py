"""How State grants are split between territories, and how chosen criteria would split them."""
