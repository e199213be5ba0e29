# Fills the folder $1 for Go: compiled packages of the standard library, and the list that says which is where.
set -e
export GOCACHE="$1/draft-cache" GOTOOLCHAIN=local GO111MODULE=off CGO_ENABLED=0 GOFLAGS=
wanted="bufio bytes cmp compress/gzip container/heap container/list container/ring context crypto/md5 crypto/sha1
  crypto/sha256 embed encoding/base64 encoding/binary encoding/csv encoding/hex encoding/json errors fmt hash/crc32
  hash/fnv hash/maphash io iter log maps math math/big math/bits math/cmplx math/rand math/rand/v2 os os/signal path
  path/filepath reflect regexp runtime runtime/debug slices sort strconv strings sync sync/atomic testing
  text/tabwriter text/template time unicode unicode/utf16 unicode/utf8 unique unsafe"
# An older Go lacks some of them.
wanted=$(go list -e -f '{{if not .Error}}{{.ImportPath}}{{end}}' $wanted)
mkdir "$1/archives"
go list -export -deps -f '{{if .Export}}{{.ImportPath}} {{.Export}}{{end}}' $wanted | while read -r name file; do
  [ -n "$file" ] || continue
  archive="archives/$(echo "$name" | tr / _).a"
  cp "$file" "$1/$archive"
  echo "packagefile $name=PREPARED/$archive"
done >"$1/draft-packages"
# The list names files by their whole paths: as the sandbox shows them, and for where there is none.
place=${1%-draft-*}
mkdir "$1/host"
sed "s|PREPARED|/opt/assay/cache/$(basename "$place")|" "$1/draft-packages" >"$1/packages"
sed "s|PREPARED|$place|" "$1/draft-packages" >"$1/host/packages"
rm "$1/draft-packages"
chmod -R u+w "$1/draft-cache"
rm -rf "$1/draft-cache" "$1/.config"
chmod -R a+rX "$1"
