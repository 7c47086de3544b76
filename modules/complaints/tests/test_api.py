"""The API of reports: strict, idempotent, silent about reporters."""

from collections.abc import Callable

from modules.complaints.models import Complaint

URL = "/api/v1/complaints/reports"
TOLD = {
    "category": "lampu-jalan",
    "text": "Lampu jalan mati sejak Minggu malam.",
    "area": "36.71.01",
}


def send(client: Callable, key: str = "", **told: object) -> object:
    """Post a report as JSON."""
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(URL, {**TOLD, **told}, content_type="application/json", headers=headers)


def test_d04_one_key_is_one_report(visitor: Callable) -> None:
    first, again = send(visitor, "kunci-0001"), send(visitor, "kunci-0001")
    assert (first.status_code, first.json()) == (201, again.json())
    assert Complaint.objects.filter(text=TOLD["text"]).count() == 1
    assert (
        send(visitor, "kunci-0001", text="Lampu lain yang mati juga sejak kemarin.").status_code
        == 422
    )


def test_bad_values_are_refused_in_one_shape(visitor: Callable) -> None:
    for wrong in (
        {"text": "pendek"}, {"category": "tidak-ada"}, {"area": "99.99.99"}, {"area": None},
        {"identity": "raja"}, {"unknown": 1}, {"secret": "ya"},
        {"point": {"latitude": 200, "longitude": 0}},
    ):  # fmt: skip
        answer = send(visitor, **wrong)
        assert answer.status_code == 422, wrong
        assert set(answer.json()) == {"code", "message", "fields"}
    assert not Complaint.objects.filter(text=TOLD["text"]).exists()


def test_track_and_list(visitor: Callable, resolved: Callable) -> None:
    receipt = send(visitor).json()
    told = {"number": receipt["number"], "secret": receipt["secret"]}
    own = visitor.post(f"{URL}/track", told, content_type="application/json")
    assert own.json()["text"] == TOLD["text"]
    told["secret"] = "2222-2222"
    assert visitor.post(f"{URL}/track", told, content_type="application/json").status_code == 404
    assert visitor.get(f"{URL}/{receipt['number']}").status_code == 404
    public = resolved()
    assert visitor.get(f"{URL}/{public.number}").json()["state"] == "resolved"
    page = visitor.get(f"{URL}?status=done").json()
    assert [row["number"] for row in page["reports"]] == [public.number]
    assert visitor.get("/api/v1/complaints/categories").json()[0]["slug"]


def test_odd_characters_break_nothing(visitor: Callable) -> None:
    body = '{"category": "lampu-jalan", "area": "36.71.01", "text": "Lampu mati sekali %s"}'
    for text in ("\\ud800 di sini ya", "\\u0000 di sini ya", "\\uffff di sini ya"):
        answer = visitor.post(URL, body % text, content_type="application/json")
        assert answer.status_code in (201, 400, 422), text
    assert visitor.get(f"{URL}?q=%00&status=%00").status_code == 200
    assert visitor.get(f"{URL}?q=%ED%A0%80").status_code in (200, 422)
    assert visitor.get(f"{URL}/TNG%0026").status_code in (404, 422)


def test_only_json_is_taken(visitor: Callable) -> None:
    answer = visitor.post(URL, TOLD)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
