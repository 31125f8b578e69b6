#!/bin/sh
# Rebuild the committed css, fonts and htmx from the pinned packages. Needs Node 20 and a package registry.
set -eu
cd "$(dirname "$0")"
static=../src/lienthong/site/static
npm install --ignore-scripts --no-package-lock --no-audit --no-fund
note='/*! govuk-frontend 6.6.0 | Copyright (c) Crown Copyright (Government Digital Service) | MIT, see LICENSE-govuk-frontend.txt | own brand: no crown, no crest, no GDS Transport */'
{ printf '%s\n' "$note"; npx sass --load-path=node_modules --style=compressed --no-source-map --quiet-deps app.scss | sed '1s/^\xEF\xBB\xBF//'; } > "$static/css/govuk.css"
for weight in 400 700; do
  for part in latin vietnamese; do
    cp "node_modules/@fontsource/be-vietnam-pro/files/be-vietnam-pro-$part-$weight-normal.woff2" "$static/fonts/"
  done
  cp "node_modules/@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-$weight-normal.woff2" "$static/fonts/"
done
cp node_modules/@fontsource/be-vietnam-pro/LICENSE "$static/fonts/LICENSE-be-vietnam-pro.txt"
cp node_modules/@fontsource/ibm-plex-sans/LICENSE "$static/fonts/LICENSE-ibm-plex-sans.txt"
sed '/^\/\/# sourceMappingURL=/d' node_modules/htmx.org/dist/htmx.min.js > "$static/js/htmx.min.js"
cp node_modules/htmx.org/LICENSE "$static/js/LICENSE-htmx.txt"
cp node_modules/axe-core/axe.min.js ../tests/site/vendor/axe.min.js
cp node_modules/axe-core/LICENSE ../tests/site/vendor/LICENSE-axe-core.txt
