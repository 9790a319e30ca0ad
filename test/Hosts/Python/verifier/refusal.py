"""What every check raises: one code of the specification, and the place it was found at."""


class Refused(Exception):
    """Something is not as the specification asks; `code` is the specification's word for it."""

    def __init__(self, code, where=""):
        super().__init__(f"{code} {where}".strip())
        self.code = code
        self.where = where
