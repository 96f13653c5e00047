"""The process that reads partners' files: no window, no store, no files written, bounds on memory and time.

It waits for a request on its standard input, answers on its standard output, and waits for the next: kept warm, a
usual return takes it a few milliseconds. Each format's reader is imported when the first such file comes.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, NoReturn

from scs_desktop.returns import gate
from scs_desktop.returns.grid import FileFormat
from scs_desktop.returns.reader import wire
from scs_desktop.returns.reader.answer import Answer, encode
from scs_desktop.returns.reader.bounds import bound_this_process
from scs_desktop.returns.reader.outbox import Outbox
from scs_desktop.returns.refusals import Damaged, OutOfMemory, Refusal

# The parent keeps the time; this is for the case that the parent is gone.
_GRACE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class _Request:
    file_name: str
    password: str | None
    seconds: float


def main() -> NoReturn:
    """Serve requests until the parent closes the pipe. Started by the parent, never by hand."""
    source, sink, nowhere = _own_pipes()
    # A frozen program without a console has no standard error that could be written to.
    faulthandler.enable(nowhere)
    bound_this_process()
    # Garbage that holds itself is cleared between files; while one is read, looking for it would cost a third more.
    gc.disable()
    wire.send(sink, wire.Kind.READY, b"")
    while True:
        try:
            request, data = _request(source)
        except wire.WireError:
            # The parent is done with this process. Nothing is held that would need an orderly end.
            os._exit(0)
        except MemoryError:
            _refuse(sink, _out_of_memory())
            sink.drain()
            os._exit(0)
        faulthandler.dump_traceback_later(request.seconds + _GRACE_SECONDS, exit=True, file=nowhere)
        answered = _answer(request, data, sink)
        faulthandler.cancel_dump_traceback_later()
        del data
        gc.collect()
        if not answered:
            sink.drain()
            os._exit(0)


def _own_pipes() -> tuple[IO[bytes], Outbox, int]:
    """Take the two pipes, and point standard output elsewhere: a library that prints must not garble an answer.

    Also returns the file descriptor of the place where such words go.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(0, os.O_BINARY)
        msvcrt.setmode(1, os.O_BINARY)
    sink = Outbox(os.fdopen(os.dup(1), "wb", buffering=0))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return os.fdopen(0, "rb", buffering=1 << 16, closefd=False), sink, nowhere


def _request(source: IO[bytes]) -> tuple[_Request, bytes]:
    kind, payload = wire.receive(source)
    if kind is not wire.Kind.REQUEST:
        raise wire.WireError("a request was due")
    told = json.loads(payload)
    kind, data = wire.receive(source)
    if kind is not wire.Kind.DATA:
        raise wire.WireError("the file was due")
    return _Request(str(told["file_name"]), told["password"], float(told["seconds"])), data


def _answer(request: _Request, data: bytes, sink: Outbox) -> bool:
    """Read one file and say what came of it; False where this process should not read another."""
    try:
        _read(request, data, Answer(sink, time.monotonic))
    except Refusal as refusal:
        _refuse(sink, refusal)
    except MemoryError:
        # What was being built is let go with the traceback; the little that the refusal needs is there again.
        _refuse(sink, _out_of_memory())
        return False
    except RecursionError:
        _refuse(sink, Damaged("is damaged (its structure folds into itself)"))
    except OSError:
        # The pipe: nobody is there to be told.
        return False
    except Exception as error:  # noqa: BLE001 - parsers fail in every way on hostile input; each is an answer, not an end
        _refuse(sink, Damaged("is damaged (its content contradicts itself)"), f"{type(error).__name__}: {error}")
    return True


def _out_of_memory() -> OutOfMemory:
    return OutOfMemory("needs more memory to read than the limit of 1 GB")


def _refuse(sink: Outbox, refusal: Refusal, detail: str = "") -> None:
    told = {"type": type(refusal).__name__, "reason": refusal.reason, "remedy": refusal.remedy, "detail": detail[:500]}
    wire.send(sink, wire.Kind.REFUSED, encode(told).encode("ascii"))


def _read(request: _Request, data: bytes, answer: Answer) -> None:
    passed = gate.inspect(data, request.file_name)
    if passed.wrapping is gate.Wrapping.ENCRYPTED_OOXML:
        from scs_desktop.returns.reader.decryption import decrypted

        data = decrypted(data, request.password)
        passed = gate.inspect(data, request.file_name)
        if passed.wrapping is not gate.Wrapping.PLAIN:
            raise Damaged("is damaged (encrypted within an encryption)")
        answer.note("The file was opened with a password, which is not kept.")
    elif passed.format is FileFormat.XLS:
        from scs_desktop.returns.reader.decryption import decrypted_xls

        data = decrypted_xls(data, request.password)
    for notice in passed.notices:
        answer.note(notice)
    _reader_of(passed.format)(data, passed.format, answer)


def _reader_of(form: FileFormat) -> Callable[[bytes, FileFormat, Answer], None]:
    """Return the format's reader, imported only now: an .xlsx does not wait for what reads an .xls."""
    if form in {FileFormat.XLSX, FileFormat.XLSM}:
        from scs_desktop.returns.reader import xlsx

        return xlsx.read
    if form in {FileFormat.CSV, FileFormat.TSV}:
        from scs_desktop.returns.reader import delimited

        return delimited.read
    if form is FileFormat.XLS:
        from scs_desktop.returns.reader import xls

        return xls.read
    if form is FileFormat.XLSB:
        from scs_desktop.returns.reader import xlsb

        return xlsb.read
    from scs_desktop.returns.reader import ods

    return ods.read


if __name__ == "__main__":
    main()
