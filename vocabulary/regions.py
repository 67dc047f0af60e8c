"""The regions of the world (UN M49), as the table of countries names them."""

from vocabulary.text import Text

REGIONS = {
    "Asia": Text("Asia", "アジア"),
    "Europe": Text("Europe", "ヨーロッパ"),
    "Americas": Text("Americas", "南北アメリカ"),
    "Africa": Text("Africa", "アフリカ"),
    "Oceania": Text("Oceania", "オセアニア"),
}
