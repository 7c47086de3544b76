"""The public site at the apex."""

from django.urls import path

from balai.urls_common import Routes
from provisioning.billing import webhook
from provisioning.hub import views as hub
from provisioning.leaving import public as certificates
from provisioning.views import claims, site, steps, wizard

app_name = "provisioning"

urlpatterns: Routes = [
    path("", site.home, name="home"),
    path("find/", site.find, name="find"),
    path("plans/", site.plans, name="plans"),
    path("about/", site.about, name="about"),
    path("privacy/", site.privacy, name="privacy"),
    path("terms/", site.terms, name="terms"),
    path("erased/<uuid:uuid>/", certificates.page, name="erased"),
    path("erased/<uuid:uuid>/certificate.pdf", certificates.pdf, name="certificate"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", site.sitemap, name="sitemap"),
    path("open/", wizard.start, name="start"),
    path("open/code/", wizard.code, name="code"),
    path("open/code/again/", wizard.another_code, name="another-code"),
    path("open/region/", wizard.region, name="region"),
    path("open/address/", wizard.address, name="address"),
    path("open/address/check/", wizard.address_check, name="address-check"),
    path("open/preset/", wizard.preset, name="preset"),
    path("open/plan/", wizard.plan, name="plan"),
    path("open/steps/", steps.watch, name="steps"),
    path("open/steps/part/", steps.part, name="steps-part"),
    path("open/steps/retry/", steps.retry, name="retry"),
    path("open/enter/", steps.enter, name="enter"),
    path("open/later/", wizard.later, name="later"),
    path("open/resume/<str:token>/", wizard.resume, name="resume"),
    path("regions/", hub.regions, name="regions"),
    path("regions/close/", hub.close, name="close-account"),
    path("webhooks/stripe/", webhook.receive, name="stripe-webhook"),
    path("claim/<str:code>/", claims.claim, name="claim"),
    path("claim/<str:code>/sent/", claims.claim_sent, name="claim-sent"),
]
