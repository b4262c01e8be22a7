"""One style sheet with the rules that some page of the book can use.

Every page asked for ten style sheets and those for one more, in which nine
rules of ten speak of classes that no page has: a slow line takes longer to
ask than to answer, and a slow processor has to read them all.
"""

import hashlib
import re
from pathlib import Path
from posixpath import dirname, join, normpath, relpath

import tinycss2
from sphinx.errors import ExtensionError
from sphinx.util.osutil import relative_uri

LINK = re.compile(
    r"\s*<link\b(?=[^>]*\brel=\"stylesheet\")[^>]*\bhref=\"([^\"?]+)[^>]*>"
)
NAME = "_static/styles.css"
# Of what a file was made, in order: the next build has to know.
PART = "\n/* {} */\n"
PARTS = re.compile(r"^/\* (\S+\.(?:css|js)) \*/$", re.MULTILINE)
CHARSET = '@charset "UTF-8";'
IMPORT = re.compile(r"@import \"([^\"]+)\";?")
URL = re.compile(r"url\((?![\"']?(?:data:|#))([\"']?)([^)\"']+)\1\)")
WORD = re.compile(r"[\w-]+")
CLASS = re.compile(r"\.([A-Za-z_-][\w-]*)(?!\\)")
# What stands in :not(…) and the like decides nothing here.
FUNCTION = re.compile(r":[\w-]+\([^()]*\)")
# At-rules that hold rules with selectors.
NESTING = {"media", "supports", "container", "layer"}


def make(root: Path, pages: list[Path], scripts: list[Path]) -> str:
    """Write the sheet, link it from all pages, and return its text."""
    names = parts(root, pages, LINK, NAME)
    # The links apart: they are others once they were changed.
    texts = [LINK.sub("", p.read_text("utf-8")) for p in [*pages, *scripts]]
    words = {word for text in texts for word in WORD.findall(text)}
    seen = set()
    css = CHARSET
    for name in names:
        rules = tinycss2.parse_stylesheet(part(root, name, seen), True, True)
        css += PART.format(name) + used(rules, words)
    write(root, pages, NAME, css, with_link)
    return css


def write(root: Path, pages: list[Path], target: str, text: str, link):
    """Write the one file and let all pages ask for it alone.

    `link` gives the page with the address of the file in place of its parts.
    """
    (root / target).write_text(text, "utf-8", newline="\n")
    version = hashlib.sha256(text.encode()).hexdigest()[:8]
    for path in pages:
        url = relative_uri(path.relative_to(root).as_posix(), target)
        html = path.read_text("utf-8")
        linked = link(html, f"{url}?v={version}")
        if linked != html:
            path.write_text(linked, "utf-8", newline="\n")


def parts(
    root: Path, pages: list[Path], link: re.Pattern, target: str
) -> list[str]:
    """The files that the pages ask for, which must be the same.

    They are what becomes the target, and its name is all that a page has
    which this build did not write.
    """
    lists = set()
    for path in pages:
        folder = path.relative_to(root).parent.as_posix()
        urls = link.findall(path.read_text("utf-8"))
        lists.add(tuple(normpath(join(folder, url)) for url in urls))
    lists -= {(target,), ()}
    if len(lists) > 1:
        raise ExtensionError(f"pages differ in what they ask for: {lists}")
    if lists:
        return list(lists.pop())
    return PARTS.findall((root / target).read_text("utf-8"))


def part(root: Path, name: str, seen: set[str]) -> str:
    """A style sheet as it reads in the one sheet, its imports in it."""
    if name in seen:
        return ""
    seen.add(name)

    def moved(match):
        path = normpath(join(dirname(name), match[2]))
        return f"url({relpath(path, dirname(NAME))})"

    def imported(match):
        return part(root, normpath(join(dirname(name), match[1])), seen)

    css = (root / name).read_text("utf-8").replace(CHARSET, "")
    return IMPORT.sub(imported, URL.sub(moved, css))


def used(rules: list, words: set[str]) -> str:
    """The rules that can meet a class among the words, or need none."""
    css = []
    for rule in rules:
        nested = rule.type == "at-rule" and rule.lower_at_keyword in NESTING
        if nested and rule.content is not None:
            inner = tinycss2.parse_rule_list(rule.content, True, True)
            kept = used(inner, words)
            head = tinycss2.serialize(rule.prelude)
            if kept:
                css.append(f"@{rule.at_keyword}{head}{{{kept}}}")
        elif rule.type == "qualified-rule":
            kept = [
                selector
                for selector in selectors(rule.prelude)
                if words.issuperset(classes(selector))
            ]
            if kept:
                body = tinycss2.serialize(rule.content)
                css.append(f"{','.join(kept)}{{{body}}}")
        else:
            css.append(rule.serialize())
    return "\n".join(css)


def selectors(prelude: list) -> list[str]:
    """The selectors of a rule; a comma in brackets parts nothing."""
    found = [[]]
    for token in prelude:
        if token == ",":
            found.append([])
        else:
            found[-1].append(token)
    return [tinycss2.serialize(tokens).strip() for tokens in found]


def classes(selector: str) -> list[str]:
    """The classes that an element must have to meet the selector."""
    bare = ""
    while bare != selector:
        bare, selector = selector, FUNCTION.sub("", selector)
    return CLASS.findall(re.sub(r"\[[^\]]*\]", "", bare))


def with_link(html: str, url: str) -> str:
    """The page with this one link in place of its links to style sheets."""
    first = LINK.search(html)
    if not first:
        return html
    link = f'\n<link rel="stylesheet" href="{url}" />'
    rest = LINK.sub("", html[first.end() :])
    return html[: first.start()] + link + rest
