"""What a test goes on with is there: a lookup that found nothing fails where it was asked."""

from typing import Any, TypeVar

from plotly.graph_objects import Figure

T = TypeVar("T")


def there(found: T | None) -> T:
    assert found is not None
    return found


def layout(figure: Figure | None) -> Any:
    """How it is laid out."""
    return there(figure).layout


def traces(figure: Figure | None) -> Any:
    """What a chart draws; what a trace holds is not known before it runs."""
    return there(figure).data
