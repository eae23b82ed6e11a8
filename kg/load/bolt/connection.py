"""One database behind Bolt: reading, writing in retried transactions, errors as sentences."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from threading import Thread
from types import TracebackType
from typing import Any, TypeVar

import neo4j
from neo4j.exceptions import (
    DriverError,
    ForbiddenOnReadOnlyDatabase,
    IncompleteCommit,
    Neo4jError,
)

from kg.errors import LoadError
from kg.load.bolt.failures import problem, unreachable
from kg.load.target import Target

__all__ = ["Connection"]

RETRY_S = 30.0  # for how long a transaction is tried again after its connection broke
_TRIES = 5  # of a transaction of which it is not known whether the server kept it
_FETCH = 5_000  # records that come at once
_T = TypeVar("_T")

# Its warnings reach whoever asks for them; what the user should know is in our own messages.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Connection:
    """A context manager. Every method raises LoadError, without a secret in its message."""

    def __init__(
        self,
        target: Target,
        *,
        database: str | None = None,
        timeout_s: float = 300.0,
        retry_s: float = RETRY_S,
    ) -> None:
        self.url = target.url
        self.database = database
        self._timeout_s = timeout_s
        self._retry_s = retry_s
        self._target = target
        self._driver = self._connected()
        self._left = False  # nobody waits for an answer any more
        self.server = ""

    def _connected(self) -> neo4j.Driver:
        who = self._target.credentials
        auth: neo4j.Auth | None = None
        if who.token is not None:
            auth = neo4j.bearer_auth(who.token)
        elif who.user is not None:
            auth = neo4j.basic_auth(who.user, who.password or "")
        try:
            return neo4j.GraphDatabase.driver(
                self.url,
                auth=auth,
                user_agent="newskg",
                connection_timeout=min(self._timeout_s, 30.0),
                connection_acquisition_timeout=min(self._timeout_s, 60.0),
                max_transaction_retry_time=self._retry_s,
                # What the store says of labels that are not there yet is news to nobody. Asking it
                # not to say so (notifications_min_severity) fails before Bolt 5.2.
                warn_notification_severity="OFF",
            )
        except (DriverError, ValueError) as error:
            raise LoadError(f"{self.url}: {self._masked(str(error))}") from None

    def __enter__(self) -> Connection:
        try:
            info = self._bounded(self._driver.get_server_info)
        except (DriverError, Neo4jError) as error:
            self._driver.close()
            raise LoadError(
                f"{self.url}: {self._masked(unreachable(error, self._target, self.database))}"
            ) from None
        except BaseException:
            self._driver.close()
            raise
        self.server = info.agent
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._left = True
        self._driver.close()

    def read(self, query: str, **parameters: Any) -> list[Sequence[Any]]:
        """The rows of a query, tried again when the connection breaks."""

        def work(tx: neo4j.ManagedTransaction) -> list[Sequence[Any]]:
            return self._rows(tx, query, parameters)

        return self._tried(lambda session: session.execute_read(work))

    def write(self, statement: str, **parameters: Any) -> list[Sequence[Any]]:
        """The rows that a statement returns, run in a transaction of its own.

        It is tried again when the connection breaks, also where the server may have kept it:
        running it twice has to do no more than running it once.
        """

        def work(tx: neo4j.ManagedTransaction) -> list[Sequence[Any]]:
            try:
                return self._rows(tx, statement, parameters)
            except ForbiddenOnReadOnlyDatabase as error:
                # The driver would try it for half a minute: another server might take it.
                raise _FinalError(error) from error

        for left in range(_TRIES - 1, -1, -1):
            try:
                return self._tried(lambda session: session.execute_write(work))
            except _UnknownError:
                if not left:
                    raise
                time.sleep(0.1 * 2 ** (_TRIES - left))
        raise AssertionError("unreachable")

    def _rows(
        self, tx: neo4j.ManagedTransaction, query: str, parameters: dict[str, Any]
    ) -> list[Sequence[Any]]:
        """The rows; raises rather than let the driver try or keep what nobody waits for."""
        if not self._left:
            rows: list[Sequence[Any]] = list(tx.run(query, parameters).values())
        if self._left:
            raise _FinalError(TimeoutError("left"))
        return rows

    def _tried(self, ask: Callable[[neo4j.Session], _T]) -> _T:
        def work() -> _T:
            with self._driver.session(database=self.database, fetch_size=_FETCH) as session:
                return ask(session)

        try:
            return self._bounded(work)
        except IncompleteCommit as error:
            raise _UnknownError(self._said(error)) from None
        except _FinalError as error:
            raise LoadError(self._said(error.cause)) from None
        except (DriverError, Neo4jError) as error:
            raise LoadError(self._said(error)) from None

    def _said(self, error: Exception) -> str:
        return f"{self.url}: {self._masked(problem(error, self._target, self.database))}"

    def _masked(self, text: str) -> str:
        """Without the secrets, should a server repeat them."""
        who = self._target.credentials
        for secret in (who.password, who.token):
            if secret:
                text = text.replace(secret, "***")
        return text

    def _bounded(self, work: Callable[[], _T]) -> _T:
        """What `work` returns or raises; LoadError when it takes too long.

        The driver waits for an answer for ever, so that it waits in a thread that can be left.
        """
        outcome: list[_T] = []
        failure: list[BaseException] = []

        def run() -> None:
            try:
                outcome.append(work())
            except BaseException as error:
                failure.append(error)

        thread = Thread(target=run, daemon=True, name="kg-load")
        thread.start()
        thread.join(self._timeout_s + self._retry_s)
        if failure:
            raise failure[0]
        if outcome:
            return outcome[0]
        self._left = True
        raise LoadError(
            f"{self.url}: no answer for {self._timeout_s + self._retry_s:g} seconds; see whether "
            "the server is well, or allow more with --timeout"
        )


class _FinalError(Exception):
    """An error that trying again does not help, whatever the driver thinks."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


class _UnknownError(LoadError):
    """The connection broke while the server was to keep a transaction."""
