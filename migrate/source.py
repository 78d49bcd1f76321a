"""A file's text, its encoding, and the way between characters and bytes."""

from __future__ import annotations

import bisect
import codecs
import re
from dataclasses import dataclass
from functools import cached_property

from migrate.model import Action, Edit, Prerequisite, Use

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LONGEST_SNIPPET = 2000
"""Characters. Longer places (minified code, data) are not carried into reports."""

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")


class UndecodableError(ValueError):
    """The bytes are not text in the encoding that the file declares or UTF-8."""


@dataclass(frozen=True)
class Source:
    """One file as decoded text.

    path: POSIX path relative to the current directory; data: the original bytes; text: decoded,
    without BOM, newlines as in the file. Finders work with character offsets into `text`;
    `edit` and `use` turn them into bytes. around: for a virtual source (a region of another
    language within a file): the text of the file, which is looked at for evidence only. folder:
    the working directory of such a program where the file says one, as a path like `path`.
    """

    path: str
    data: bytes
    text: str
    encoding: str = "utf-8"
    bom: bytes = b""
    around: str = ""
    folder: str | None = None

    @classmethod
    def decode(cls, path: str, data: bytes) -> Source:
        """Decode by BOM, by the coding cookie of a Python file (PEP 263), else as UTF-8.

        Raises UndecodableError.
        """
        bom, encoding = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), (b"", "utf-8"))
        if not bom and path.endswith((".py", ".pyi", ".pyw")):
            encoding = _cookie(data) or encoding
        try:
            text = data[len(bom) :].decode(encoding)
        except (UnicodeDecodeError, LookupError) as error:
            raise UndecodableError(f"not {encoding}: {error}") from error
        if text.encode(encoding) != data[len(bom) :]:
            raise UndecodableError(f"does not survive decoding as {encoding}")
        return cls(path, data, text, encoding, bom)

    def with_text(self, text: str) -> Source:
        """The same file with other text, in the same encoding and with the same BOM."""
        return Source(
            self.path, self.bom + text.encode(self.encoding), text, self.encoding, self.bom, self.around
        )

    @cached_property
    def newline(self) -> str:
        """The file's prevailing newline: CR LF, LF or CR."""
        crlf = self.text.count("\r\n")
        lf = self.text.count("\n") - crlf
        cr = self.text.count("\r") - crlf
        most = max(crlf, lf, cr)
        if most in (0, lf):
            return "\n"
        return "\r\n" if most == crlf else "\r"

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", self.text))]

    def line_column(self, offset: int) -> tuple[int, int]:
        """1-based line and column (in code points) of a character offset."""
        line = bisect.bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of a 1-based line, without its newline."""
        start = self._line_starts[line - 1]
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def start_of_line(self, line: int) -> int:
        """Character offset at which a 1-based line starts."""
        return self._line_starts[line - 1]

    @property
    def line_count(self) -> int:
        """Number of lines; one more than there are newlines."""
        return len(self._line_starts)

    def line_start(self, offset: int) -> int:
        """Character offset of the start of the line that holds `offset`."""
        return self._line_starts[bisect.bisect_right(self._line_starts, offset) - 1]

    def snippet(self, start: int, end: int) -> str:
        """The whole lines that hold the characters ``start`` to ``end``, without the last newline.

        Empty where they are longer than `LONGEST_SNIPPET`.
        """
        first, (last_line, column) = self.line_start(start), self.line_column(end)
        if column == 1 and end > start:
            last_line -= 1
        length = len(self.line_text(last_line)) + self._line_starts[last_line - 1] - first
        return self.text[first : first + length] if length <= LONGEST_SNIPPET else ""

    def char_at(self, offset: int) -> int:
        """Character offset in `text` of a byte offset in `data`: the inverse of `byte_at`."""
        if self.encoding == "utf-8" and self._is_ascii:
            return offset - len(self.bom)
        return len(self.data[len(self.bom) : offset].decode(self.encoding))

    def byte_at(self, offset: int) -> int:
        """Byte offset in `data` of a character offset in `text`."""
        if self.encoding == "utf-8" and self._is_ascii:
            return len(self.bom) + offset
        return len(self.bom) + len(self.text[:offset].encode(self.encoding))

    @cached_property
    def _is_ascii(self) -> bool:
        return self.text.isascii()

    @cached_property
    def _utf8_starts(self) -> list[int]:
        starts, position = [], 0
        for char in self.text:
            starts.append(position)
            position += len(char.encode("utf-8", "surrogatepass"))
        starts.append(position)
        return starts

    def char_at_utf8(self, offset: int) -> int:
        """Character offset of a byte offset in the UTF-8 form of `text` (what LibCST gives)."""
        if self._is_ascii:
            return offset
        return bisect.bisect_left(self._utf8_starts, offset)

    def char_at_byte(self, offset: int) -> int:
        """Character offset in `text` of a byte offset in `data`."""
        return len(self.data[len(self.bom) : offset].decode(self.encoding, "ignore"))

    def edit(self, start: int, end: int, new: str) -> Edit:
        """An edit that replaces the characters ``start`` to ``end`` by `new`."""
        first = self.byte_at(start)
        old = self.text[start:end].encode(self.encoding)
        return Edit(self.path, first, first + len(old), old, new.encode(self.encoding))

    def use(  # noqa: PLR0913 (one keyword for each field of a use)
        self,
        span: tuple[int, int],
        *,
        kind: str,
        language: str,
        action: Action,
        message: str,
        operation: str = "",
        advice: str = "",
        evidence: tuple[str, ...] = (),
        edits: tuple[Edit, ...] = (),
        prerequisites: tuple[Prerequisite, ...] = (),
        group: str = "",
        notice: bool = False,
    ) -> Use:
        """A use at a span of characters, with its byte offsets, lines and columns filled in."""
        line, column = self.line_column(span[0])
        end_line, end_column = self.line_column(span[1])
        return Use(
            path=self.path,
            start=self.byte_at(span[0]),
            end=self.byte_at(span[1]),
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            kind=kind,
            operation=operation,
            language=language,
            action=action,
            message=message,
            advice=advice,
            evidence=evidence,
            edits=edits,
            prerequisites=prerequisites,
            group=group,
            notice=notice,
            snippet=self.snippet(*span),
        )


def _cookie(data: bytes) -> str | None:
    for line in data.splitlines()[:2]:
        found = _COOKIE.match(line)
        if found:
            name = found[1].decode("ascii")
            try:
                return codecs.lookup(name).name
            except LookupError:
                return name
    return None
