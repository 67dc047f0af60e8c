"""The types of organizations that ROR knows, in both languages; an organization can be of several."""

from vocabulary.text import Text

PARTNER_TYPES = {
    "education": Text("University", "大学等"),
    "facility": Text("Facility", "研究機関"),
    "company": Text("Company", "企業"),
    "government": Text("Government", "政府機関"),
    "nonprofit": Text("Non-profit", "非営利団体"),
    "healthcare": Text("Hospital", "医療機関"),
    "funder": Text("Funder", "助成機関"),
    "archive": Text("Archive", "資料館等"),
    "other": Text("Other", "その他"),
}
