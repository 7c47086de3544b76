"""What the tables of prices hold."""

from balai.classify import table

TABLES = {
    "Market": table(
        none="id slug name address area latitude longitude codes active position",
        ordinary="enumerator",
        about="officers",
    ),
    "Trader": table(
        none="id uuid market groups active sample position",
        ordinary="name stall phone",
        about="traders",
    ),
    "Group": table(none="id label_id label_en slug icon position"),
    "Variety": table(
        none="id label_id label_en slug group unit other_unit per_other basket codes active"
        " position"
    ),
    "Ceiling": table(none="id variety kind zone unit low high starts ends decree"),
    "Publication": table(
        none="id date revision reason published_at sample",
        ordinary="published_by",
        about="officers",
    ),
    "DayPrice": table(none="id publication variety date revision mean low high observed markets"),
    "Watch": table(none="id uuid variety market below armed fired_on created_at"),
    "Round": table(
        none="id uuid market date state note answer source sample opened_at submitted_at"
        " verified_at published_at",
        ordinary="enumerator verifier",
        about="officers",
    ),
    "Quote": table(
        none="id round variety seen price reason carried_from stock flag why",
        ordinary="trader photo latitude longitude taken_at",
        about="traders, officers",
    ),
}
