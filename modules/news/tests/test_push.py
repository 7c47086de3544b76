"""Messages to phones: two people, the right followers, once, and only of what is out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from balai.directory.models import Area
from balai.notify import subscriptions
from balai.notify.models import Message, Subscription
from modules.news import following, services, topics
from modules.news.receivers import push as sending
from modules.news.receivers.push import send_push
from modules.news.services import pushing
from modules.news.states import Push
from modules.news.tests.conftest import words
from modules.news.tests.test_receivers import event
from modules.news.workflow import NotAllowed

pytestmark = pytest.mark.django_db
WORDS = "Jalan Merdeka ditutup malam ini."


@pytest.fixture
def village(in_region) -> Area:
    """A kelurahan."""
    return Area.objects.filter(kind=Area.Kind.VILLAGE).select_related("parent").earliest("code")


def asked(article: object, by: object) -> object:
    """Return the article with a message that waits for a second person."""
    return services.ask_push(article=article, text=WORDS, by=by)


def told() -> set[str]:
    """Return the addresses that a message went to."""
    return set(Message.objects.filter(template="news/push").values_list("recipient", flat=True))


def test_nobody_sends_one_alone(published, draft, writer, reviewer, make_user) -> None:
    article = published()
    for text in ("", "  ", "a" * 121):
        with pytest.raises(NotAllowed):
            services.ask_push(article=article, text=text, by=writer)
    with pytest.raises(NotAllowed):
        asked(draft(), writer)
    waiting = asked(article, writer)
    officer, head = make_user("officer"), make_user("agency_head")
    for person in (writer, officer, head):
        with pytest.raises(NotAllowed):
            services.approve_push(article=waiting, text=WORDS, by=person)
    with pytest.raises(NotAllowed):
        services.approve_push(article=waiting, text="Lain", by=reviewer)
    with pytest.raises(NotAllowed):
        services.drop_push(article=waiting, by=officer)
    with pytest.raises(NotAllowed):
        asked(waiting, writer)
    send_push(event(topics.PUSHED, waiting))
    assert services.drop_push(article=waiting, by=writer).push_state == Push.NONE
    approved = services.approve_push(article=asked(article, writer), text=WORDS, by=reviewer)
    assert (approved.push_state, approved.push_approver) == (Push.APPROVED, reviewer)
    send_push(event(topics.PUSHED, approved))
    approved.refresh_from_db()
    assert approved.push_state == Push.SENT
    with pytest.raises(NotAllowed):
        services.drop_push(article=approved, by=reviewer)


def test_it_goes_out_with_the_article_once_and_not_without(
    published, writer, reviewer, make_user
) -> None:
    reader = make_user()
    subscriptions.follow(subject=following.CITY, user=reader, language="id")
    later = published(at=timezone.now() + timedelta(hours=1))
    services.approve_push(article=asked(later, writer), text=WORDS, by=reviewer)
    send_push(event(topics.PUSHED, later))
    assert told() == set()
    back = services.call_back(article=later, by=reviewer)
    assert back.push_state == Push.NONE
    article = published()
    services.approve_push(article=asked(article, writer), text=WORDS, by=reviewer)
    for topic in (topics.PUBLISHED, topics.PUSHED, topics.PUSHED):
        send_push(event(topic, article))
    (message,) = Message.objects.filter(template="news/push")
    assert (message.recipient, message.context["text"]) == (reader.email, WORDS)
    gone = published()
    services.approve_push(article=asked(gone, writer), text=WORDS, by=reviewer)
    services.archive(article=gone, by=reviewer)
    send_push(event(topics.PUSHED, gone))
    assert Message.objects.filter(template="news/push").count() == 1


def test_other_words_need_another_approval(draft, writer, reviewer, make_user) -> None:
    article = services.submit(article=draft(), by=writer)
    services.approve_push(article=asked(article, writer), text=WORDS, by=reviewer)
    changed = services.save(
        article=article, content=words(title="Judul lain"), version=1, by=writer
    )
    assert (changed.push_state, changed.push_approver) == (Push.ASKED, None)
    out = services.approve(article=changed, by=reviewer)
    send_push(event(topics.PUBLISHED, out))
    out.refresh_from_db()
    assert out.push_state == Push.ASKED
    assert services.approve_push(article=out, text=WORDS, by=reviewer).push_state == Push.APPROVED


def test_places_reach_their_followers_page_by_page(
    published, writer, reviewer, make_user, village, monkeypatch
) -> None:
    other = Area.objects.filter(kind=Area.Kind.DISTRICT).exclude(pk=village.parent_id).first()
    people = {code: make_user() for code in ("", village.code, village.parent.code, other.code)}
    for code, person in people.items():
        subscriptions.follow(subject=following.subject(code), user=person, language="id")
    subscriptions.follow(
        subject=following.subject(village.parent.code), user=people[village.code], language="id"
    )
    monkeypatch.setattr(sending, "AT_ONCE", 1)
    handed_on = []
    monkeypatch.setattr(sending, "publish", lambda topic, key, payload: handed_on.append(payload))

    def send(article: object) -> set[str]:
        Message.objects.all().delete()
        services.approve_push(article=asked(article, writer), text=WORDS, by=reviewer)
        send_push(event(topics.PUSHED, article))
        while handed_on:
            going = event(topics.PUSHED, article)
            going.payload["after"] = handed_on.pop()["after"]
            send_push(going)
        assert Message.objects.filter(template="news/push").count() == len(told())
        return told()

    emails = {code: person.email for code, person in people.items()}
    near = {emails[village.code], emails[village.parent.code]}
    assert send(published(areas=(village.code,))) == near
    assert send(published(areas=(village.parent.code,))) == near
    assert send(published(areas=(other.code,))) == {emails[other.code]}
    assert send(published()) == set(emails.values())


def test_a_visitor_follows_and_leaves(visitor, village, make_user, at, published) -> None:
    page = "/news/follow/"
    assert "/news/follow/" in visitor.get("/news/").content.decode()
    assert village.label in visitor.get(f"{page}?area={village.code}").content.decode()
    wrong = visitor.post(page, {"how": "email", "area": village.code, "email": "bukan"})
    assert wrong.status_code == 422
    assert 'value="bukan"' in wrong.content.decode()
    assert visitor.post(page, {"how": "email", "area": "x", "email": "a@b.test"}).status_code == 422
    answer = visitor.post(
        page, {"how": "email", "area": village.code, "email": "warga@contoh.test"}
    )
    assert answer.status_code == 302
    assert Subscription.objects.get().confirmed_at is None
    assert Message.objects.filter(template="follow/confirm").count() == 1
    reader = make_user()
    client = at(reader)
    client.post(page, {"how": "account", "area": ""})
    assert subscriptions.follows(subject=following.CITY, user=reader)
    assert 'action="/news/follow/leave/"' in client.get(page).content.decode()
    assert 'action="/news/follow/leave/"' not in visitor.get(page).content.decode()
    client.post("/news/follow/leave/", {"how": "account", "area": ""})
    assert not subscriptions.follows(subject=following.CITY, user=reader)
    assert visitor.post(page, {"how": "device", "area": ""}).status_code == 302


def test_the_desk_asks_approves_and_shows(at, writer, reviewer, published, make_user) -> None:
    article = published()
    page = f"/desk/news/{article.uuid}/push/"
    assert page in at(writer).get(f"/desk/news/{article.uuid}/").content.decode()
    assert at(writer).post(page, {"do": "ask", "text": "a" * 121}).status_code == 422
    at(writer).post(page, {"do": "ask", "text": WORDS})
    assert 'value="approve"' not in at(writer).get(page).content.decode()
    assert WORDS in at(reviewer).get(page).content.decode()
    tab = at(reviewer).get("/desk/news/?tab=push").content.decode()
    assert article.title in tab
    at(reviewer).post(page, {"do": "approve", "text": WORDS})
    article.refresh_from_db()
    assert article.push_state == Push.APPROVED
    at(reviewer).post(page, {"do": "drop"})
    article.refresh_from_db()
    assert article.push_state == Push.NONE


def test_a_region_may_switch_them_off(published, writer, visitor, monkeypatch) -> None:
    from modules.news import conf

    monkeypatch.setattr(conf, "current", lambda: conf.Settings(push=False))
    article = published()
    with pytest.raises(NotAllowed, match=str(pushing.OFF)):
        asked(article, writer)
    assert "/news/follow/" not in visitor.get("/news/").content.decode()
    assert visitor.get("/news/follow/").status_code == 200
