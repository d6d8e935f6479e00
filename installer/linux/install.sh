#!/bin/sh
# Puts Foothold into this user's menu, from wherever this folder lies. "install.sh --remove" takes it out again;
# stores and settings are never touched.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin
refresh() {
    if command -v update-desktop-database >/dev/null; then update-desktop-database -q "$data/applications" || true; fi
    if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime" >/dev/null 2>&1 || true; fi
}
if [ "${1:-}" = --remove ]; then
    # After an upgrade the menu leads to the newer one; the older one's folder has nothing in it any more.
    there=$(readlink "$bin/foothold" || true)
    if [ -n "$there" ] && [ "$there" != "$here/foothold" ] && [ -e "$there" ]; then
        echo "The menu leads to another Foothold, $there, and stays. This folder can be deleted."
        exit 0
    fi
    rm -f "$data/applications/foothold.desktop" "$data/mime/packages/foothold.xml" "$bin/foothold" \
        "$data/icons/hicolor/256x256/apps/foothold.png" "$data/metainfo/com.foothold.Foothold.metainfo.xml"
    refresh
    echo "Foothold is out of the menu. Your stores are where they were; this folder can be deleted."
    exit 0
fi
if ! mkdir -p "$data/applications" "$data/mime/packages" "$data/icons/hicolor/256x256/apps" "$data/metainfo" "$bin" \
    2>/dev/null || [ ! -w "$data/applications" ]; then
    echo "install.sh: $data or $bin cannot be written, so nothing was put into the menu. Foothold runs all the same:" \
        "$here/foothold" >&2
    exit 1
fi
cp "$here/share/mime/packages/foothold.xml" "$data/mime/packages/"
cp "$here/share/metainfo/com.foothold.Foothold.metainfo.xml" "$data/metainfo/"
cp "$here/share/icons/hicolor/256x256/apps/foothold.png" "$data/icons/hicolor/256x256/apps/"
# In a desktop file a quoted path keeps its spaces; what is special within quotes is escaped, and then every escape again.
path=$(printf '%s' "$here/foothold" | sed 's/[\\"`$]/\\&/g; s/\\/\\\\/g; s/%/%%/g')
path="$path" awk '/^Exec=/ { print "Exec=\"" ENVIRON["path"] "\" %f"; next } { print }' \
    "$here/share/applications/foothold.desktop" >"$data/applications/foothold.desktop"
ln -sf "$here/foothold" "$bin/foothold"
refresh
echo "Foothold is in the menu. To take it out: $here/install.sh --remove"
