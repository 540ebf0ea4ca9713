#!/bin/sh
# Puts the git of the next Debian (2.45 and later read and write reftable) beside that of this machine: TARGET/bin/git.
# Its libraries come with it, so that nothing of the machine changes. Needs patchelf.
set -eu
target=$1
mkdir -p "$target/lists/partial" "$target/cache/archives/partial" "$target/bin"
cd "$target"
sources=$(cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true)
mirror=$(printf '%s\n' "$sources" | sed -n 's/^URIs: *//p; s/^deb  *\(\[[^]]*\] *\)\{0,1\}\([^ ]*\).*/\2/p' | head -n 1)
echo "deb $mirror trixie main" > sources.list
apt() {
  apt-get -qq -o Dir::Etc::sourcelist="$target/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$target/lists" -o Dir::Cache="$target/cache" -o APT::Sandbox::User=root "$@"
}
apt update
apt download git libc6 libpcre2-8-0 zlib1g
for package in *.deb; do dpkg -x "$package" .; done
libraries="$target/usr/lib/$(uname -m)-linux-gnu"
patchelf --set-interpreter "$(ls "$libraries"/ld-linux-*)" --force-rpath --set-rpath "$libraries" usr/bin/git
ln -sf ../../bin/git usr/lib/git-core/git
printf '#!/bin/sh\nGIT_EXEC_PATH=%s GIT_TEMPLATE_DIR= exec %s "$@"\n' "$target/usr/lib/git-core" "$target/usr/bin/git" > bin/git
chmod +x bin/git
rm -rf lists cache ./*.deb
bin/git --version
