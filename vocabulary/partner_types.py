"""The types of organizations that ROR knows, in both languages; an organization can be of several."""

from vocabulary.text import Text

PARTNER_TYPES = {
    "education": Text("University or school", "大学・教育機関"),
    "facility": Text("Research facility", "研究機関"),
    "company": Text("Company", "企業"),
    "government": Text("Government", "政府機関"),
    "nonprofit": Text("Non-profit", "非営利団体"),
    "healthcare": Text("Hospital or clinic", "医療機関"),
    "funder": Text("Research funder", "研究助成機関"),
    "archive": Text("Archive or museum", "資料館・博物館等"),
    "other": Text("Other", "その他"),
}
