#!/bin/sh
# Stands in for the program in front of an AppImage's file system, which mounts it: unpacks it, and starts
# what is in it. Behind these words the file is filled up to where the file system begins.
place=$(mktemp -d) || exit 1
unsquashfs -quiet -no-progress -offset 4096 -dest "$place/app" "$0" > /dev/null || exit 1
APPIMAGE=$(readlink -f "$0") APPDIR="$place/app" exec "$place/app/AppRun" "$@"
