"""The addresses of the site."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from planner.views import catalogue, runbooks
from planner.views.accounts import sign_out
from planner.views.downloads import download
from planner.views.keeping import keep
from planner.views.quick_planner import quick_planner

handler404 = "planner.views.problems.not_found"
handler500 = "planner.views.problems.server_error"

#: What anybody may see. Everything else asks who one is: LoginRequiredMiddleware.
public = [
    path("", quick_planner, name="quick-planner"),
    path("plan.ps1", runbooks.quick, {"kind": "file"}, name="runbook-file"),
    path("plan.<str:kind>", download, {"what": "plan"}, name="quick-plan-file"),
    path("runbook/", runbooks.quick, name="runbook"),
    path("estate.json", download, {"what": "estate", "kind": "json"}, name="estate-json"),
    path("catalogue/", catalogue.search_page, name="reference"),
    path("catalogue/products/<str:slug>/", catalogue.product_page, name="reference-product"),
    path("catalogue/groups/<str:slug>/", catalogue.group_page, name="reference-group"),
    path("catalogue/keys/<str:slug>/", catalogue.key_page, name="reference-key"),
    path("catalogue/matrix/", catalogue.matrix_page, name="reference-matrix"),
    path("catalogue/disputes/", catalogue.disputes_page, name="reference-disputes"),
    path("catalogue/sources/", catalogue.sources_page, name="reference-sources"),
]
for pattern in public:
    pattern.callback = pattern.callback if settings.SIGN_IN else login_not_required(pattern.callback)

urlpatterns = [
    *public,
    path("keep/", keep, name="keep"),
    path("account/", include("planner.urls.accounts")),
    path("api/v1/", include("planner.urls.api")),
    path("o/", include("planner.urls.organisations")),
    # The admin's own pages for these count no tries and leave the pages in the browser.
    path("admin/login/", login_not_required(RedirectView.as_view(pattern_name="sign-in", query_string=True))),
    path("admin/logout/", sign_out),
    path("admin/catalogue/", include("activation.admin.urls")),
    path("admin/", admin.site.urls),
]
