"""What a driver or server reports, as a sentence that says what to do."""

from __future__ import annotations

from ssl import SSLCertVerificationError

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConstraintError,
    DatabaseUnavailable,
    Forbidden,
    ForbiddenOnReadOnlyDatabase,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from kg.load.target import Target

__all__ = ["problem", "unreachable"]

_LONGEST = 300  # characters of a server's own words
_NO_SPACE = ("no space left on device", "disk full", "not enough space", "disk quota exceeded")

# Parts of codes of servers, and what they mean to the user. {database} and {said} are filled.
_BY_CODE = (
    ("Database.DatabaseNotFound", "there is no database {database}; give --database NAME"),
    (
        "Security.AuthenticationRateLimit",
        "too many wrong passwords were tried; wait some seconds and try again",
    ),
    (
        "Security.CredentialsExpired",
        "the password has expired; change it in the database, then load again",
    ),
    (
        "Schema.ConstraintCreationFailed",
        "ids cannot be made unique, since nodes under one of our labels share an id: {said}; "
        "name another --database",
    ),
    (
        "Schema.IndexAlreadyExists",
        "an index stands where a constraint is needed: {said}; drop the index and load again",
    ),
    (
        "Schema.ConstraintWithNameAlreadyExists",
        "a constraint of that name is there with another meaning: {said}; drop it and load again",
    ),
    ("Schema.EquivalentSchemaRuleAlreadyExists", "a constraint is already there: {said}"),
    ("OutOfMemoryError", "the server has too little memory: {said}"),
    ("TransactionLogError", "the server cannot write its log, its disk may be full: {said}"),
    ("Transaction.TransactionTimedOut", "the server ended the transaction as too long: {said}"),
)


def unreachable(error: Exception, target: Target, database: str | None) -> str:
    """Why no connection comes about."""
    if isinstance(_innermost(error), SSLCertVerificationError):
        plain = target.scheme.partition("+")[0]
        return (
            f"this machine does not trust the server's certificate ({_reason(error)}); have it "
            f"trusted, or take any certificate with {plain}+ssc://"
        )
    if isinstance(error, ServiceUnavailable | SessionExpired | ConfigurationError):
        return (
            f"no connection over Bolt ({_reason(error)}); check that the server runs, the port is "
            "that of Bolt (7687 by default, not the 7474 of the browser), and whether it wants "
            f"{_other_scheme(target)}"
        )
    return problem(error, target, database)


def problem(error: Exception, target: Target, database: str | None) -> str:
    """What went wrong and what to do; one sentence, without the state of the load."""
    code = getattr(error, "code", None) or ""
    named = f"named {database!r}" if database else "by default"
    said = _said(error)
    if any(words in said.lower() for words in _NO_SPACE):
        return f"the server's disk is full ({said}); make room there"
    for part, sentence in _BY_CODE:
        if part in code:
            return sentence.format(database=named, said=said)
    if isinstance(error, AuthError):
        return _refused(target)
    if isinstance(error, Forbidden | ForbiddenOnReadOnlyDatabase) or "ReadOnly" in code:
        return f"the database is read-only, or this user may not do that there: {said}"
    if isinstance(error, ConstraintError):
        return f"a constraint of the database stands against it: {said}; drop it and load again"
    if isinstance(error, DatabaseUnavailable):
        return "the database is not available now; try again later"
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return f"the connection broke and did not come back ({_reason(error)})"
    return f"the server reports: {said}" + (f" ({code})" if code else "")


def _refused(target: Target) -> str:
    who = target.credentials
    if who.token is not None:
        return "the server does not take this bearer token; check KG_LOAD_TOKEN"
    if who.user is None:
        return (
            "the server wants a user and a password; give --user NAME, and the password in the "
            "environment variable KG_LOAD_PASSWORD"
        )
    return (
        f"the server refuses user {who.user!r} with this password; check --user and "
        "KG_LOAD_PASSWORD"
    )


def _said(error: Exception) -> str:
    """The server's own words, on one line and not too many."""
    message = (error.message if isinstance(error, Neo4jError) else None) or str(error)
    text = " ".join(message.split()).rstrip(".;: ")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _reason(error: BaseException) -> str:
    """What the operating system, TLS or the driver says."""
    cause = _innermost(error)
    if isinstance(cause, SSLCertVerificationError):
        return cause.verify_message
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return _said(cause) if isinstance(cause, Exception) else str(cause)


def _innermost(error: BaseException) -> BaseException:
    inner = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else error.__cause__
    return error if inner is None else _innermost(inner)


def _other_scheme(target: Target) -> str:
    if "+" in target.scheme:
        return f"TLS at all ({target.scheme.partition('+')[0]}://)"
    return f"TLS ({target.scheme}+s://)"
