"""Every error a person can meet: what happened, what to do now, whether trying again helps."""

from __future__ import annotations


class GreenroomError(Exception):
    """Base of all errors that carry a message meant for a person.

    `hint` says what to do now; `is_retryable` says whether the same call may work later.
    `status` is the HTTP status a page answers with.
    """

    status = 500
    is_retryable = False

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputRejected(GreenroomError):
    """What the person sent cannot be used; nothing was changed and nothing was lost."""

    status = 422


class NotFound(GreenroomError):
    """The thing named does not exist (or is not this learner's)."""

    status = 404


class Conflict(GreenroomError):
    """The action no longer fits the present state, e.g. a finished mock is answered again."""

    status = 409


class BankInvalid(GreenroomError):
    """The bank's sources cannot be compiled; the message starts with path:line."""


class BankMissing(GreenroomError):
    """No compiled bank was found."""


class StoreDamaged(GreenroomError):
    """The database file is not a healthy Greenroom database. It is never overwritten."""

    status = 503


class StoreFull(GreenroomError):
    """The disk refused the write. Nothing was acknowledged."""

    status = 507
    is_retryable = True


class StoreBusy(GreenroomError):
    """Another writer held the database too long."""

    status = 503
    is_retryable = True


class JudgeUnavailable(GreenroomError):
    """No sandbox level could be offered on this machine; candidate code is not run."""

    status = 503


class ModelUnavailable(GreenroomError):
    """The configured model endpoint did not give a usable answer; offline words are used instead."""

    status = 503
    is_retryable = True
