"""The two kinds of failure: the officer's to mend, and ours."""


class UserError(Exception):
    """Something the officer can put right: one sentence that says what, where and what to do.

    The text is shown as it is. Anything else that escapes is a bug and is reported as one.
    Subclasses exist where the caller must tell cases apart; nobody reads the text to do so.
    """


class RefusedError(UserError):
    """A request that is not carried out at all; everything is as it was before."""
