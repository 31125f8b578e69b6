"""Taking a rating."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.feedback import permissions as permissions  # declares what require() asks for
from lienthong.feedback.events import ServiceRated
from lienthong.feedback.models import Rating
from lienthong.feedback.rules import AlreadyRated, checked
from lienthong.identity.public import Actor, require


def rate(*, subject: str, score: int, comment: str = "", by: Actor) -> Rating:
    """Keep the one rating of a subject; the caller has checked whose it is.

    Raises NotAllowed, ScoreOutOfRange, CommentTooLong, AlreadyRated.
    """
    require(by, "feedback.rate", subject)
    words = checked(subject, score, comment)
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                subject=subject, score=score, comment=words, at=timezone.now(), by=by.reference
            )
            record(ServiceRated(rating=rating.pk, about=subject, score=score), by=by, at=rating.at)
    except IntegrityError as error:
        raise AlreadyRated from error
    return rating
