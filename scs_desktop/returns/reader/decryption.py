"""Encrypted workbooks, opened in memory with the password that the officer typed.

The password is used once and not kept. A workbook that is only protected against change is encrypted under Excel's
own well-known password, which is tried first; nobody needs to be asked for it.
"""

from __future__ import annotations

import io
from types import SimpleNamespace

from scs_desktop.returns.refusals import (
    MAX_TOTAL_BYTES,
    CannotDecrypt,
    Damaged,
    PasswordNeeded,
    TooLarge,
    WrongPassword,
    size_text,
)

_EXCELS_OWN = "VelvetSweatshop"


def decrypted(data: bytes, password: str | None) -> bytes:
    """Return the workbook inside an encrypted Office file.

    Raises:
        PasswordNeeded, WrongPassword, CannotDecrypt, Damaged.

    """
    import msoffcrypto
    from msoffcrypto.format import xls97

    # The library would put the decrypted .xls into a temporary file; figures stay in memory, and this process may not
    # write files at all.
    xls97.tempfile = SimpleNamespace(TemporaryFile=io.BytesIO)
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
    except Exception as error:
        raise Damaged("is damaged (its encryption cannot be read)") from error
    for attempt in (_EXCELS_OWN, password):
        if attempt:
            opened = _opened(office, attempt)
            if opened is not None:
                return opened
    if password:
        raise WrongPassword("is encrypted, and the password given does not open it")
    raise PasswordNeeded("is encrypted")


def decrypted_xls(data: bytes, password: str | None) -> bytes:
    """Return an .xls without encryption: as it is where it has none. Raises as `decrypted`."""
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return data
    import msoffcrypto

    try:
        encrypted = msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted()
    except Exception:  # noqa: BLE001 - what cannot be told here is told, or refused, by the workbook's reader
        return data
    return decrypted(data, password) if encrypted else data


def _opened(office: object, password: str) -> bytes | None:
    """Return the content, or None where the password is wrong."""
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    sink = io.BytesIO()
    try:
        if isinstance(office, OOXMLFile):
            office.load_key(password=password, verify_password=True)
        else:
            office.load_key(password=password)  # type: ignore[attr-defined]
        office.decrypt(sink)  # type: ignore[attr-defined]
    except InvalidKeyError:
        return None
    except DecryptionError as error:
        if "password" in str(error).lower() or "key" in str(error).lower():
            return None
        raise CannotDecrypt("is encrypted in a way that cannot be opened here") from error
    except MemoryError:
        raise
    except Exception as error:
        raise CannotDecrypt("is encrypted in a way that cannot be opened here, or its encryption is damaged") from error
    if sink.tell() > MAX_TOTAL_BYTES:
        raise TooLarge(f"decrypts to more than {size_text(MAX_TOTAL_BYTES)}, which is the limit")
    content = sink.getvalue()
    # An unverified scheme yields noise under a wrong password.
    return content if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x09")) else None
