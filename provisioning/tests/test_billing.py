"""Plans, entitlements, our own invoices: through the real services, with a real region."""

import re
import zlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.audit.models import Entry
from balai.context import platform, region_context
from balai.modules import registry
from provisioning.billing import accounts, changing, daily, dues, invoices, money, reminders, tasks
from provisioning.models import BillingAccount, Invoice, InvoiceState, Plan
from provisioning.models.billing import INVOICE_MOVES
from tenants import directory
from tenants.models import ModuleSwitch, Region
from tenants.states import State

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def live(region):
    """Kota Tangerang as the official service, with 1.9 million inhabitants."""
    with platform():
        Region.objects.filter(pk=region.id).update(state=State.ACTIVE)
    directory.invalidate()
    found = directory.by_schema(region.schema)
    accounts.set_details(found, population=1_900_000, legal_name="Dinas Kominfo")
    return found


def plan(slug: str) -> Plan:
    with platform():
        return Plan.objects.get(slug=slug)


def issue(region, **fields) -> Invoice:
    with platform():
        return invoices.issue(region_id=region.id, text="Uji", net=1_000_000, **fields)


def state_of(region) -> str:
    with platform():
        return Region.objects.get(pk=region.id).state


def test_rupiah_are_hundredths_at_stripe_and_words_on_paper() -> None:
    assert money.to_minor(120_000_000) == 12_000_000_000
    assert money.from_minor(12_000_000_000) == 120_000_000
    assert money.from_minor(150) == 2, "prorated halves round up"
    words = {
        0: "Nol rupiah", 11: "Sebelas rupiah", 19: "Sembilan belas rupiah", 100: "Seratus rupiah",
        1_000: "Seribu rupiah", 1_111: "Seribu seratus sebelas rupiah",
        2_015_000: "Dua juta lima belas ribu rupiah", 1_000_000: "Satu juta rupiah",
        120_000_000: "Seratus dua puluh juta rupiah", 101_001: "Seratus satu ribu satu rupiah",
        1_250_000_300_090: "Satu triliun dua ratus lima puluh miliar tiga ratus ribu sembilan puluh"
        " rupiah",
    }  # fmt: skip
    assert {number: money.in_words(number) for number in words} == words
    with pytest.raises(ValueError, match="no words"):
        money.in_words(-1)


def test_a_plan_without_what_its_modules_need_is_refused(db, monkeypatch) -> None:
    with platform():
        pilot = plan("pilot")
        essential = {m.slug for m in registry.installed() if m.is_vital}
        assert essential >= {"complaints", "emergency"}
        assert pilot.entitled == {"complaints", "news"} | essential
        needy = registry.get("news")
        monkeypatch.setattr(needy, "requires", ("jobs",))
        for modules, population_to in (([needy.slug], None), (["nothing"], None), ([], 5)):
            wrong = Plan(slug="x", family="x", name_id="x", name_en="x", summary_id="x",
                         summary_en="x", modules=modules, population_to=population_to,
                         population_from=10)  # fmt: skip
            with pytest.raises(ValidationError):
                wrong.full_clean()
        monkeypatch.undo()
        for row in Plan.objects.all():
            row.full_clean()


def test_dearer_at_once_cheaper_when_the_period_ends(
    live, django_capture_on_commit_callbacks
) -> None:
    """Upgrade, downgrade, taking it back, renewal: modules and invoices follow, data stay."""
    with pytest.raises(ValidationError, match="jumlah penduduk"):
        changing.choose(live, plan("standard-s"), today=TODAY)
    account = changing.choose(live, plan("standard-l"), po_number="SPK/7", today=TODAY)
    assert (account.period_from, account.period_until) == (TODAY, date(2027, 3, 1))
    with platform():
        first = Invoice.objects.get(region_id=live.id)
    assert (first.total, first.po_number, first.number) == (240_000_000, "SPK/7", "INV/2026/00001")
    half = date(2026, 8, 30)  # 183 of 365 days are left
    account = changing.choose(live, plan("plus-l"), today=half)
    with platform():
        second = Invoice.objects.exclude(pk=first.pk).get(region_id=live.id)
    assert second.total == 120_000_000 * 183 // 365
    assert second.period_until == account.period_until == date(2027, 3, 1)
    before = now_on(live)
    account = changing.choose(live, plan("pilot"), today=half)
    assert (account.plan.slug, account.next_plan.slug) == ("plus-l", "pilot")
    assert now_on(live) == before
    assert changing.choose(live, plan("plus-l"), today=half).next_plan is None, "taken back"
    changing.choose(live, plan("pilot"), today=half)
    with platform():
        assert changing.renew(account, date(2027, 2, 28)).plan.slug == "plus-l"
        with django_capture_on_commit_callbacks(execute=True):
            account = changing.renew(account, date(2027, 3, 2))
        assert (account.plan.slug, account.period_until) == ("pilot", None)
        assert Invoice.objects.filter(region_id=live.id).count() == 2, "free: no third invoice"
        rows = ModuleSwitch.objects.filter(region_id=live.id)
        assert {row.slug for row in rows if row.allowed} == plan("pilot").entitled
        assert any(row.enabled and not row.allowed for row in rows), "the admin's wish is kept"
    assert now_on(live) == before & plan("pilot").entitled
    assert {"complaints", "emergency"} <= now_on(live)
    letters = [sent for sent in mail.outbox if "Modul" in sent.subject]
    assert len(letters) == 1 and letters[0].to
    with region_context(live):
        assert Entry.objects.filter(action="billing.plan_changed").count() == 6
        assert Entry.objects.filter(action="module.switched", reason="pilot").exists()
    changing.choose(live, plan("standard-l"), today=date(2027, 4, 1))
    assert now_on(live) == before, "what was off comes back as it was"


def now_on(region) -> frozenset[str]:
    directory.invalidate()
    return directory.by_schema(region.schema).active_modules


def test_a_paid_plan_is_renewed_with_a_new_invoice_once(live) -> None:
    account = changing.choose(live, plan("standard-l"), today=TODAY)
    with platform():
        for day in (date(2027, 3, 1), date(2027, 3, 1), date(2027, 5, 1)):
            account = changing.renew(account, day)
        found = list(Invoice.objects.filter(region_id=live.id).order_by("pk"))
    assert account.period_until == date(2028, 3, 1)
    assert [(row.period_from, row.number) for row in found] == [
        (TODAY, "INV/2026/00001"), (date(2027, 3, 1), "INV/2027/00001"),
    ]  # fmt: skip


def test_numbers_have_no_gap_and_nothing_is_deleted(live, other_region) -> None:
    rows = [issue(city, today=TODAY) for city in (live, other_region, live)]
    assert [row.number[-5:] for row in rows] == ["00001", "00002", "00003"]
    with platform():
        from django.db import transaction

        with pytest.raises(ZeroDivisionError), transaction.atomic():
            assert issue(live, today=TODAY).serial == 4
            raise ZeroDivisionError
        invoices.cancel(rows[2], reason="Salah alamat")
        assert issue(live, today=TODAY).serial == 4, "the number that was not used comes again"
        assert issue(live, today=date(2027, 1, 2)).number == "INV/2027/00001"
        assert Invoice.objects.count() == 5


def test_every_move_of_an_invoice(live) -> None:
    """The transition table, walked completely: what it does not have is refused."""
    acts = {
        InvoiceState.PAID: lambda row: invoices.mark_paid(
            row, on=timezone.localdate(), amount=row.total, reference="TRX-1", by="Operator"),
        InvoiceState.CANCELLED: lambda row: invoices.cancel(row, reason="Salah"),
        InvoiceState.OPEN: invoices.undo_payment,
    }  # fmt: skip
    ways = {InvoiceState.OPEN: [], InvoiceState.PAID: [InvoiceState.PAID],
            InvoiceState.CANCELLED: [InvoiceState.CANCELLED]}  # fmt: skip
    with platform():
        for start, steps in ways.items():
            for to, act in acts.items():
                row = issue(live)
                for step in steps:
                    row = acts[step](row)
                if to in INVOICE_MOVES[start]:
                    assert act(row).state == to
                else:
                    with pytest.raises(ValidationError):
                        act(row)
        paid = acts[InvoiceState.PAID](issue(live))
        for wrong in ({"on": timezone.localdate() + timedelta(days=1)}, {"amount": 0},
                      {"amount": 10**9}):  # fmt: skip
            told = {"on": timezone.localdate(), "amount": 1, "reference": "x", "by": "x"} | wrong
            with pytest.raises(ValidationError):
                invoices.mark_paid(issue(live), **told)
        note = invoices.credit(paid, reason="Layanan batal")
        assert (note.number[:3], note.credits, note.total) == ("NK/", paid, paid.total)
        with pytest.raises(ValidationError):
            invoices.credit(paid, reason="Dua kali")
        Invoice.objects.filter(pk=paid.pk).update(
            paid_noted_at=timezone.now() - timedelta(days=1, minutes=1)
        )
        with pytest.raises(ValidationError, match="day it was noted|hari"):
            invoices.undo_payment(paid)
    with region_context(live):
        done = set(Entry.objects.filter(action__startswith="invoice.").values_list("action"))
    assert {row[0] for row in done} == {
        "invoice.issued", "invoice.paid", "invoice.payment_undone", "invoice.cancelled",
        "invoice.credited",
    }  # fmt: skip


def test_what_is_overdue_reaches_the_life_cycle_and_paying_ends_it(live) -> None:
    today = timezone.localdate()
    with platform():
        row = issue(live, today=today - timedelta(days=30))
        dues.settle(live.id)
        assert state_of(live) == State.ACTIVE, "due today is not overdue"
        for late, state in ((1, State.PAST_DUE), (60, State.PAST_DUE), (62, State.RESTRICTED)):
            Invoice.objects.filter(pk=row.pk).update(due_on=today - timedelta(days=late))
            daily.look_after(BillingAccount.objects.get(region_id=live.id).pk)
            assert state_of(live) == state, late
        assert {"complaints", "emergency"} <= now_on(live)
        invoices.mark_paid(row, on=today, amount=980_000, reference="SP2D 12", by="Operator")
        assert state_of(live) == State.ACTIVE
        invoices.undo_payment(row)
        assert state_of(live) == State.RESTRICTED
        invoices.cancel(row, reason="Diterbitkan ulang")
        assert state_of(live) == State.ACTIVE


def test_each_reminder_goes_once_with_the_pdf(live) -> None:
    row = issue(live, today=TODAY)
    with platform():
        accounts.locked(live.id)
        BillingAccount.objects.filter(region_id=live.id).update(email="keuangan@kota.go.id")
        sent = []
        for day in range(0, 80):
            row.refresh_from_db()
            stage = reminders.stage_of(row, TODAY + timedelta(days=day))
            if stage:
                sent.append((day, stage))
                row.told.append(stage)
                row.save()
        assert sent == [(0, "issued"), (16, "before"), (31, "late"), (44, "later")]
        Invoice.objects.filter(pk=row.pk).update(told=[], due_on=timezone.localdate())
        assert reminders.waiting(timezone.localdate()) == [(row.pk, "issued")]
        for _ in range(2):
            tasks.send_letter(row.pk, "issued")
    assert [message.to for message in mail.outbox] == [["keuangan@kota.go.id"]]
    name, contents, kind = mail.outbox[0].attachments[0]
    assert (name, kind) == ("INV-2026-00001.pdf", "application/pdf")
    assert contents.startswith(b"%PDF-")


def test_the_invoice_on_paper(live, settings) -> None:
    settings.SELLER_NAME, settings.SELLER_NPWP = "PT Balai Contoh", "01.234.567.8-901.000"
    settings.BANK_NAME, settings.BANK_ACCOUNT = "Bank Contoh", "123-456"
    settings.VIRTUAL_ACCOUNT_PREFIX, settings.INVOICE_TAX_PERCENT = "88810", 11
    accounts.set_details(live, npwp="0012345678901000", address="Jl. Satria Sudirman 1")
    account = changing.choose(live, plan("standard-l"), po_number="SPK/7/2026", today=TODAY)
    from provisioning.billing import pdf

    with platform():
        row = Invoice.objects.select_related("region", "credits").get(region_id=account.region_id)
        text = _text(pdf.render(row))
        for words in (
            "PT Balai Contoh", "01.234.567.8-901.000", "INV/2026/00001", "SPK/7/2026",
            "Dinas Kominfo", "0012345678901000", "Rp240.000.000", "PPN 11%", "Rp26.400.000",
            "Rp266.400.000", "Dua ratus enam puluh enam juta empat ratus ribu rupiah",
            "888103671260001", "31 Maret 2026", "Bank Contoh", "123-456",
        ):  # fmt: skip
            assert words in text, words
        invoices.mark_paid(row, on=TODAY, amount=row.total, reference="SP2D 9", by="Operator")
        row.refresh_from_db()
        text = _text(pdf.render(row))
        assert "LUNAS" in text and "SP2D 9" in text and "123-456" not in text


def _text(contents: bytes) -> str:
    """Return what a PDF of the built-in fonts shows, line after line."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", contents, re.DOTALL)
    drawn = b"".join(zlib.decompress(part) for part in streams if part[:1] == b"x")
    return " ".join(
        words.decode("latin-1").replace("\\", "") for words in re.findall(rb"\((.*?)\) Tj", drawn)
    )


@pytest.fixture
def console(live, make_user, client_for, settings):
    settings.SECOND_FACTOR = "never"  # tested with the accounts
    return client_for(live, make_user("admin", city=live))


def test_the_console_shows_plan_usage_and_what_another_brings(live, console, client_for) -> None:
    page = console.get("/console/plan/").content.decode()
    assert "Standar, lebih dari 1 juta penduduk" in page and "Rp240.000.000" in page
    assert "Standar, sampai 250 ribu" not in page, "another class"
    assert console.get("/console/plan/choose/nothing/").status_code == 404
    asked = console.get("/console/plan/choose/standard-l/").content.decode()
    assert 'name="po_number"' in asked and 'name="way"' not in asked, "no key, one way"
    wrong = console.post(
        "/console/plan/choose/standard-l/", {"population": "1900000", "npwp": "12x"}
    )
    assert wrong.status_code == 422 and 'value="1900000"' in wrong.content.decode()
    told = {"population": "1900000", "legal_name": "Dinas Kominfo", "po_number": "SPK/1"}
    assert console.post("/console/plan/choose/standard-l/", told).status_code == 302
    counts = []
    for more in (0, 2):
        for _ in range(more):
            issue(live)
        console.get("/console/plan/")
        with CaptureQueriesContext(connection) as captured:
            page = console.get("/console/plan/").content.decode()
        # Not the directory's own, which are made anew each second while nobody listens.
        counts.append(sum('FROM "tenants_' not in query["sql"] for query in captured))
        assert page.count("/console/plan/invoices/") == 1 + more
    assert counts[0] == counts[1]
    with platform():
        row = Invoice.objects.filter(region_id=live.id).latest("pk")
    answer = console.get(f"/console/plan/invoices/{row.pk}/")
    assert answer["Content-Type"] == "application/pdf" and answer.content[:5] == b"%PDF-"
    goes = console.get("/console/plan/choose/pilot/").content.decode()
    assert "note--amber" in goes
    assert client_for(live).get("/console/plan/").status_code == 302


def test_details_are_kept_and_audited(live, console) -> None:
    told = {"population": "1900000", "legal_name": "Bappeda", "npwp": "00.123.456.7-890.100-0",
            "address": "Jl. Contoh 1", "email": "a@kota.go.id"}  # fmt: skip
    assert console.post("/console/plan/details/", told | {"npwp": "123"}).status_code == 422
    assert console.post("/console/plan/details/", told).status_code == 302
    assert accounts.of(live).legal_name == "Bappeda"
    with region_context(live):
        entry = Entry.objects.filter(action="billing.details_changed").latest("seq")
    assert "Bappeda" not in str(entry.after), "the log names fields, not what is in them"
