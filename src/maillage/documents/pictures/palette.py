"""Colours of pictures: those of the site’s theme, said where no style sheet follows."""

INK, SOFT, PAPER, LINE, STRONG = "#17262b", "#4c5c62", "#ffffff", "#ddd8cc", "#8b8f8c"
BRAND, AROUND = "#0d5257", "#f1efe8"
TINTS = ("#e3eeec", "#cbdfdc", "#a9cac6", "#83b1ac")
TONES = {"in": "#1c66a6", "out": "#ad4a0d", "even": "#4f5d75", "cut": "#8b8f8c"}
SECOND = "#8a5a00"
#: By code: neither, complementary alone, linked alone, both.
QUADRANTS = ("#4f5d75", "#8a5a00", "#1c66a6", "#0d5257")
FIELDS = ("#eef0f3", "#fbf1dc", "#e4eef7", "#e3eeec")
FONT = "Figtree, 'Segoe UI', 'DejaVu Sans', sans-serif"
