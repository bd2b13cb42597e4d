"""One page a questionnaire, at `participation/<id>/`, and what the participation page lists."""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.pages.model import Page
from ctgsite.pages.renderer import CONVENTION, Renderer
from ctgsite.pages.survey_blocks import profile_blocks, question_views
from ctgsite.pages.survey_sentences import weighting_sentence


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the page of each questionnaire; the participation page leads to them."""
    for result in renderer.view.diagnostic.surveys:
        survey = result.published
        yield renderer.page(
            "questionnaire",
            f"participation/{survey.id}",
            survey.about.title,
            section=CONVENTION,
            in_nav=False,
            result=result,
            survey=survey,
            about=survey.about,
            questions=question_views(result),
            profiles=profile_blocks(result, renderer.view.workshop("../../")),
            weighting=weighting_sentence(result),
        )
