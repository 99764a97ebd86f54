"""The HTTP routes beside Streamlit: one row each."""

from starlette.routing import Route

from pages.citing.routes import cited_figure
from pages.desk.printing import print_cases
from pages.desk.routes import export_cases
from pages.economy.routes import export_economy
from pages.entrance import code_routes, identity_routes, own_routes
from pages.entrance import links as entrance_links
from pages.entrance import routes as entrance_routes
from pages.figures.routes import export_figure
from pages.forum_day import forum_papers, wall_routes
from pages.glance.leaf_routes import leaf
from pages.glance.screen_routes import screen_link
from pages.guidance.public import guidance_page
from pages.issue.attachment_routes import attachment, minutes_file
from pages.letters import routes as letter_routes
from pages.plain import case as plain_case
from pages.plain import cases as plain_cases
from pages.plain import frame as plain_frame
from pages.plain import issue as plain_issue
from pages.plain import officer_visits as plain_officer_visits
from pages.plain import survey as plain_survey
from pages.plain.visits import plain
from pages.plans import routes as plan_routes
from pages.promises.routes import export_promises
from pages.results import published_page
from pages.results import routes as results_routes
from pages.system import backup_routes
from pages.web import identity
from pages.web.logo import logo
from pages.web.metrics import metrics
from pages.web.readiness import healthz, readyz

ROUTES = [
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/metrics", metrics),
    Route("/logo", logo),
    Route("/language/{code}", entrance_routes.language),
    Route("/sign-in", entrance_routes.sign_in_form, methods=["GET"]),
    Route("/sign-in", entrance_routes.sign_in, methods=["POST"]),
    Route("/sign-in/code", code_routes.code_form, methods=["GET"]),
    Route("/sign-in/code", code_routes.code, methods=["POST"]),
    Route("/sign-in/identity", identity_routes.to_identity),
    Route(identity.DONE, identity_routes.from_identity),
    Route("/sign-out", entrance_routes.sign_out, methods=["GET", "POST"]),
    Route("/password", own_routes.own_form, methods=["GET"]),
    Route("/password", own_routes.own, methods=["POST"]),
    Route("/reset/{token:path}", own_routes.reset_form, methods=["GET"]),
    Route("/reset/{token:path}", own_routes.reset, methods=["POST"]),
    # Links are pasted with what stood behind them in a message: `:path` takes all of it.
    Route("/i/{token:path}", entrance_links.with_choice(entrance_links.invitation, "/f"), methods=["GET", "POST"]),
    Route("/screen-link/{token:path}", screen_link, methods=["GET", "POST"]),
    Route("/s/{token:path}", entrance_links.with_choice(entrance_links.open_link, "/f/s"), methods=["GET", "POST"]),
    Route(plain_frame.SCRIPT, plain_frame.script),
    Route("/f", plain(plain_survey.show, plain_survey.take), methods=["GET", "POST"]),
    Route("/f/raise", plain(plain_issue.show, plain_issue.take), methods=["GET", "POST"]),
    Route("/f/cases", plain(plain_cases.show, plain_cases.show), methods=["GET", "POST"]),
    Route("/f/visits", plain(plain_officer_visits.show, plain_officer_visits.take), methods=["GET", "POST"]),
    Route("/f/case", plain(plain_case.show, plain_case.take), methods=["GET", "POST"]),
    Route("/f/s/{token}", plain(plain_survey.show, plain_survey.take), methods=["GET", "POST"]),
    Route("/f/{token}", plain(plain_survey.show, plain_survey.take), methods=["GET", "POST"]),
    Route("/c/{code:path}", entrance_links.follow_form, methods=["GET"]),
    Route("/c/{code:path}", entrance_links.follow, methods=["POST"]),
    Route("/attachments/{id}", attachment),
    Route("/minutes-files/{id}", minutes_file),
    Route("/backups/{name}", backup_routes.backup_form, methods=["GET"]),
    Route("/backups/{name}", backup_routes.backup, methods=["POST"]),
    Route("/export/cases.{kind}", export_cases),
    Route("/print/cases", print_cases),
    Route("/export/economy.{kind}", export_economy),
    Route("/export/figure/{code}.{kind}", export_figure),
    Route("/leaf.pdf", leaf),
    Route("/export/promises.{kind}", export_promises),
    Route("/export/plans.{kind}", plan_routes.export_plans),
    Route("/export/meetings.{kind}", plan_routes.export_meetings),
    Route("/meetings/{id}.{kind}", plan_routes.minutes),
    Route("/letters/{id}.{kind}", letter_routes.letter),
    Route("/templates/{name}.docx", letter_routes.template),
    Route("/agenda/{id}.{kind}", forum_papers.agenda_of),
    Route("/minutes/{id}.{kind}", forum_papers.minutes_of),
    Route("/wall/{token}/now", wall_routes.wall_now),
    Route("/wall/{token:path}", wall_routes.wall),
    Route("/arrive/{token:path}", wall_routes.arrive_form, methods=["GET"]),
    Route("/arrive/{token:path}", wall_routes.arrive, methods=["POST"]),
    Route("/results/{number}.{kind}", results_routes.results_file),
    Route("/published", published_page.published_page),
    Route("/published/{number}.{kind}", results_routes.published_file),
    Route("/published/{number}", published_page.published_page),
    Route("/guidance", guidance_page),
    Route("/guidance/{number}", guidance_page),
    Route("/cite/{kind}/{code}/{day}/{n}.{ending}", cited_figure),
    Route("/cite/{kind}/{code}/{day}/{n}", cited_figure),
    Route("/cite/{kind}/{code}.{ending}", cited_figure),
    Route("/cite/{kind}/{code}", cited_figure),
    Route("/briefings/{since}/{until}.{kind}", letter_routes.briefing),
]
