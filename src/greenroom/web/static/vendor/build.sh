#!/bin/sh
# Rebuilds what needs building among the vendored browser libraries: codemirror.js.
# For people who change Greenroom; nobody needs Node to use it. Called by `./dev vendor`.
# The inputs are pinned by codemirror/package-lock.json, so the result is the same byte for byte.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
command -v npm >/dev/null || { echo "npm is needed to rebuild codemirror.js (Debian: apt install npm)." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/codemirror/package.json" "$here/codemirror/package-lock.json" "$here/codemirror/entry.js" "$work/"
cd "$work"
npm ci --no-audit --no-fund --ignore-scripts --silent
node_modules/.bin/esbuild entry.js --bundle --format=esm --minify --target=es2022 --charset=utf8 \
  --legal-comments=none --log-level=warning --outfile=codemirror.js \
  --banner:js="// CodeMirror 6, MIT licence, (C) Marijn Haverbeke and others. Built by build.sh; see LOCK."
cp codemirror.js "$here/codemirror.js"
sum=$(sha256sum codemirror.js | cut -d' ' -f1)
# LOCK: one line per file, `file  library  version  licence  sha256  where from`.
if grep -q '^codemirror.js ' "$here/LOCK"; then
  sed -i "s|^\(codemirror.js  [^ ]*  [^ ]*  [^ ]*  \)[0-9a-f]*|\1$sum|" "$here/LOCK"
fi
echo "codemirror.js  $(wc -c <codemirror.js) bytes, $(gzip -9 -c codemirror.js | wc -c) compressed, sha256 $sum"
