"""What the command lines of HTTP programs mean: curl, wget, HTTPie and xh.

Sources: curl(1) (``curl --help all``, 7.88 and 8), wget(1), https://httpie.io/docs/cli, xh's help.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from migrate.find.shell.values import Value


class Kind(StrEnum):
    """Where a piece of the body comes from."""

    TEXT = "text"
    FILE = "file"
    STDIN = "stdin"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Data:
    """A piece of the body. value: the text, the file's path, or what is not understood."""

    kind: Kind
    value: Value


@dataclass
class Call:
    """One request as a command line says it.

    method: None where it is not known. output: the file that the answer is written to.
    """

    program: str
    method: str | None = None
    urls: list[Value] = field(default_factory=list)
    data: list[Data] = field(default_factory=list)
    output: Value | None = None


_CURL_SHORT = frozenset("AbcCdDeEFhHKmoPQrtTuUwxXyYz")
_CURL_LONG_WORDS = """
    abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout
    connect-to continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary
    data-raw data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url
    dump-header ech egd-file engine etag-compare etag-save expect100-timeout form form-string
    ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms
    haproxy-clientip header help hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway json
    keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth
    mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output
    output-dir parallel-max pass pinnedpubkey proto proto-default proto-redir proxy proxy-cacert
    proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key
    proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers
    proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 preproxy pubkey quote
    random-file range rate referer request request-target resolve retry retry-delay retry-max-time
    sasl-authzid service-name socks4 socks4a socks5 socks5-gssapi socks5-hostname speed-limit speed-time
    stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser
    trace trace-ascii trace-config unix-socket upload-file url url-query user user-agent variable
    vlan-priority write-out
"""
_CURL_LONG = frozenset(_CURL_LONG_WORDS.split())
_CURL_NAMES = {"X": "request", "d": "data", "T": "upload-file", "o": "output", "F": "form", "G": "get",
               "I": "head", "K": "config"}  # fmt: skip

Option = tuple[str, Value | None]


def options_of(
    words: Sequence[Value], short: frozenset[str], long: frozenset[str], names: dict[str, str]
) -> tuple[list[Option], list[Value]]:
    """Options (by long name, with their values) and the words that are none.

    short, long: the options that take a value; names: long names of short options.
    """
    options: list[Option] = []
    rest: list[Value] = []
    index = 0
    while index < len(words):
        word = words[index]
        index += 1
        text = word.text
        if text == "--":
            rest += words[index:]
            break
        if text.startswith("--"):
            name, equals, _ = text[2:].partition("=")
            value: Value | None = word.tail(len(name) + 3) if equals else None
            if value is None and name in long and index < len(words):
                value, index = words[index], index + 1
            options.append((name, value))
        elif text.startswith("-") and len(text) > 1:
            index = _cluster(words, index, short, names, options)
        else:
            rest.append(word)
    return options, rest


def _cluster(
    words: Sequence[Value], index: int, short: frozenset[str], names: dict[str, str], options: list[Option]
) -> int:
    """Short options in one word, such as ``-sSXPUT``; returns the index of the next word."""
    word = words[index - 1]
    for position in range(1, len(word.items)):
        letter = word.text[position]
        if letter not in short:
            options.append((names.get(letter, letter), None))
            continue
        if position + 1 < len(word.items):
            options.append((names.get(letter, letter), word.tail(position + 1)))
        elif index < len(words):
            options.append((names.get(letter, letter), words[index]))
            index += 1
        break
    return index


def curl(words: Sequence[Value]) -> Call:
    """A curl command (without its name)."""
    options, rest = options_of(words, _CURL_SHORT, _CURL_LONG, _CURL_NAMES)
    call = Call("curl", urls=list(rest))
    method = "GET"
    explicit: Value | None = None
    for name, value in options:
        if name == "get":
            method = "GET?"
        elif name == "head":
            method = "HEAD"
        if value is None:
            continue
        if name == "request":
            explicit = value
        elif name == "url":
            call.urls.append(value)
        elif name == "output":
            call.output = value
        elif name in ("data", "data-ascii", "data-binary", "json", "data-raw"):
            call.data.append(_at(value) if name != "data-raw" else Data(Kind.TEXT, value))
            method = "POST" if method == "GET" else method
        elif name in ("data-urlencode", "form", "form-string"):
            call.data.append(Data(Kind.OTHER, value))
            method = "POST" if method == "GET" else method
        elif name == "upload-file":
            call.data.append(Data(Kind.STDIN if value.text in ("-", ".") else Kind.FILE, value))
            method = "PUT"
    call.method = explicit.known if explicit else method.rstrip("?")
    if any(name == "next" for name, _ in options):
        call.method = None  # several requests in one command
    return call


def _at(value: Value) -> Data:
    if not value.text.startswith("@"):
        return Data(Kind.TEXT, value)
    path = value.tail(1)
    return Data(Kind.STDIN if path.text in ("-", "/dev/stdin") else Kind.FILE, path)


_WGET_SHORT = frozenset("aAbBDeEiIlmnoOPQRtTUwX") - frozenset("bEm")
_WGET_LONG_WORDS = """
    method body-data body-file post-data post-file header output-document user password timeout tries
    output-file ca-certificate user-agent
"""
_WGET_LONG = frozenset(_WGET_LONG_WORDS.split())


def wget(words: Sequence[Value]) -> Call:
    """A wget command (without its name)."""
    options, rest = options_of(words, _WGET_SHORT, _WGET_LONG, {"O": "output-document"})
    call = Call("wget", "GET", list(rest))
    for name, value in options:
        if value is None:
            continue
        if name == "method":
            call.method = value.known
        elif name in ("body-data", "post-data"):
            call.data.append(Data(Kind.TEXT, value))
        elif name in ("body-file", "post-file"):
            call.data.append(Data(Kind.FILE, value))
        elif name == "output-document" and value.text != "-":
            call.output = value
        if name.startswith("post-"):
            call.method = "POST"
    return call


_HTTPIE_LONG_WORDS = """
    raw auth auth-type session print output timeout verify cert proxy style pretty check-status-code
    boundary format-options response-charset response-mime default-scheme
"""
_HTTPIE_LONG = frozenset(_HTTPIE_LONG_WORDS.split())
_ITEM = re.compile(r"^[^/:=@]+(?::=@?|==|=@?|@|:)")


def httpie(words: Sequence[Value]) -> Call:
    """A command of HTTPie or xh (without its name)."""
    options, rest = options_of(words, frozenset("apos"), _HTTPIE_LONG, {"o": "output"})
    call = Call("http", None)
    for name, value in options:
        if name == "raw" and value:
            call.data.append(Data(Kind.TEXT, value))
        elif name == "output" and value:
            call.output = value
    if rest and re.fullmatch(r"[A-Za-z]+", rest[0].text) and len(rest) > 1:
        call.method = (rest[0].known or "").upper() or None
        rest = rest[1:]
    elif rest and rest[0].items and rest[0].items[0].hole and len(rest) > 1 and len(rest[0].items) == 1:
        rest = rest[1:]
    else:
        call.method = "POST" if len(rest) > 1 or call.data else "GET"
    call.urls = list(rest[:1])
    for item in rest[1:]:
        call.data += _httpie_item(item)
    call.data = call.data or [Data(Kind.STDIN, Value(()))]
    return call


def _httpie_item(item: Value) -> list[Data]:
    if item.text.startswith("@"):
        return [_at(item)]
    found = _ITEM.match(item.text)
    if found and (found[0].endswith("==") or (found[0].endswith(":") and ":=" not in found[0])):
        return []
    return [Data(Kind.OTHER, item)]


PROGRAMS: dict[str, Callable[[Sequence[Value]], Call]] = {
    "curl": curl,
    "curl.exe": curl,
    "wget": wget,
    "http": httpie,
    "https": httpie,
    "xh": httpie,
    "xhs": httpie,
}

_WRAPPERS_WORDS = """
    sudo env time timeout command exec nohup retry nice npx pnpx bunx pnpm npm yarn bun dlx run eval
    doas docker podman builtin noglob try assert chronic unbuffer stdbuf if ! until while
"""
WRAPPERS = frozenset(_WRAPPERS_WORDS.split())


def program_at(words: Sequence[Value], names: frozenset[str]) -> int | None:
    """Index of the word that names one of some programs, behind wrappers such as ``sudo``; else None."""
    for index, word in enumerate(words):
        name = word.text.rsplit("/", 1)[-1].removesuffix("@latest")
        if name in names or word.text in names:
            return index
        if index == 0 and name not in WRAPPERS:
            return None
    return None
