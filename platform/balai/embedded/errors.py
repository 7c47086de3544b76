"""The one error of this package: what is wrong, and what to do about it."""


class EmbeddedError(RuntimeError):
    """A service could not be started, stopped or found.

    Args:
        problem: what is wrong, one sentence.
        remedy: what the reader can do about it, one sentence or a command.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}\n{remedy}")
        self.problem = problem
        self.remedy = remedy
