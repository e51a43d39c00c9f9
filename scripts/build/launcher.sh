#!/bin/sh
# wagons @VERSION@, portable: this script, and behind it the program and Deno @DENO_VERSION@, compressed.
#
# The first run unpacks them into a folder that is named by their content, in $WAGONS_CACHE_DIR,
# or $XDG_CACHE_HOME/wagons, or ~/.cache/wagons; where none can be written, in
# ${TMPDIR:-/tmp}/wagons-UID. Later runs look at that folder and start the program. The folders of
# other versions stay, as their programs may be running; remove them by hand. A first run that is
# killed leaves a folder .new.* there.

id='@ID@'

fail() {
  printf 'wagons: %s\n' "$1" >&2
  exit 1
}

# writable MODE: can others than the owner write to what ls shows with this mode?
writable() {
  case $1 in
    ?????w* | ????????w*) return 0 ;;
  esac
  return 1
}

# The variables in which ls finds another form than the one that is read here.
plain_ls() {
  unset LS_BLOCK_SIZE BLOCK_SIZE TIME_STYLE
  LC_ALL=C exec ls -ldn "$@" 2>/dev/null
}

# safe BASE MODE UID: nobody but the user and root can exchange what is in BASE?
# Fails if others can write there; 1 if it is somebody else's.
safe() {
  case $2 in
    ?????????[tT]*) ;; # sticky: only owners can remove or rename
    *) ! writable "$2" || fail "Cannot use the cache $1: others can write to it. Run chmod go-w on it, or set WAGONS_CACHE_DIR to another folder." ;;
  esac
  [ "$3" = 0 ] || [ -O "$1" ]
}

# ready BASE: is the program in BASE, with the right sizes, and the user's own?
ready() {
  [ -O "$1/$id/deno" ] || return 1
  list=$(cd -P "$1/$id" 2>/dev/null && plain_ls . .. deno js/*) || return 1
  {
    read -r mode _ uid _
    read -r base_mode _ base_uid _
    sizes=
    while read -r file_mode _ file_uid _ size _; do
      [ "$file_uid" = "$uid" ] || return 1
      ! writable "$file_mode" || mode=$file_mode
      sizes="$sizes $size"
    done
  } <<END
$list
END
  ! writable "$mode" || fail "Cannot use $1/$id: others can write to it. Remove it."
  safe "$1" "$base_mode" "$base_uid" && [ "$sizes" = '@SIZES@' ]
}

# Reads lines "SHA-256, two spaces, path" and compares.
check_sums() {
  if command -v sha256sum >/dev/null; then
    sha256sum -c
  else
    shasum -a 256 -c
  fi >/dev/null 2>&1
}

# broken COMMAND...: says why COMMAND, which reads the payload and writes it into the stage, failed.
broken() {
  said=$1
  shift
  "$@" >/dev/null 2>&1 || fail "Cannot unpack $0: the file is damaged. Get it again."
  said=${said##*: }
  fail "Cannot unpack into $base: ${said:-writing failed}. It takes @UNPACKED_MB@ MB; WAGONS_CACHE_DIR can name another folder."
}

code_bytes() {
  tail -c '+@CODE_AT@' <"$0" | head -c '@CODE_BYTES@' | gzip -dc
}

deno_bytes() {
  tail -c '+@DENO_AT@' <"$0" | gzip -dc
}

# unpack BASE: 3 if nothing can be written in BASE; fails if something else is wrong.
unpack() (
  base=$1
  unset GZIP
  umask 077
  for tool in chmod gzip head ls mkdir mktemp mv rm tail wc; do
    command -v "$tool" >/dev/null || fail "Cannot unpack $0: there is no $tool on the PATH."
  done
  command -v sha256sum >/dev/null || command -v shasum >/dev/null ||
    fail "Cannot unpack $0: there is no sha256sum and no shasum on the PATH."
  [ -r "$0" ] || fail "Cannot read $0. Start it with its path."
  [ "$(($(wc -c <"$0")))" = '@FILE_BYTES@' ] ||
    fail "Cannot unpack $0: the file is damaged, it has $(($(wc -c <"$0"))) bytes and not @FILE_BYTES@. Get it again."

  mkdir -p "$base" 2>/dev/null
  line=$(plain_ls "$base/.") || exit 3
  read -r mode _ uid _ <<END
$line
END
  safe "$base" "$mode" "$uid" || exit 3
  stage=$(mktemp -d "$base/.new.XXXXXX" 2>/dev/null) || exit 3
  trap 'rm -rf "$stage"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  new=$stage/$id

  said=$(mkdir "$new" "$new/js" 2>&1) || fail "Cannot unpack into $base: ${said##*: }."
  said=$({ deno_bytes >"$new/deno"; } 2>&1) || broken "$said" deno_bytes
  said=$({ code_bytes >"$stage/code"; } 2>&1) || broken "$said" code_bytes
  while read -r at size name; do
    said=$({ tail -c "+$at" <"$stage/code" | head -c "$size" >"$new/js/$name"; } 2>&1) ||
      broken "$said" :
  done <<'END'
@PARTS@
END
  (cd "$new" && check_sums) <<'END' || fail "Cannot unpack $0: the file is damaged, its SHA-256 is not the one it was made with. Get it again."
@SUMS@
END
  chmod 700 "$new/deno"
  "$new/deno" --version </dev/null >/dev/null 2>&1 ||
    fail "Cannot start programs from $base: it may be mounted noexec, or made for another kind of machine. WAGONS_CACHE_DIR can name another folder."

  # What is there and not ready was altered. It cannot be replaced in one step, only moved away.
  [ ! -d "$base/$id" ] || ready "$base" || mv -f "$base/$id" "$stage/old" 2>/dev/null
  # Fails when another first run was faster, as a folder never replaces one that is not empty.
  mv -f "$new" "$base/" 2>/dev/null
  ready "$base" || fail "Cannot use $base/$id: it is not what was unpacked. Remove it."
)

# The settings that other programs of the user may have made for Deno, Node and Rust. One of them
# can load code or hand over the permissions.
unset NODE_OPTIONS RUST_LOG
settings=$(export -p)
case $settings in
  *DENO_*)
    set -f
    IFS_before=$IFS
    IFS='
'
    for line in $settings; do
      case $line in
        'export DENO_'* | 'declare -x DENO_'*)
          line=${line%%=*}
          line=${line##* }
          case $line in
            *[!A-Za-z0-9_]*) ;;
            *) unset "$line" ;;
          esac
          ;;
      esac
    done
    IFS=$IFS_before
    set +f
    ;;
esac
export DENO_NO_UPDATE_CHECK=1 DENO_NO_PACKAGE_JSON=1

if [ -n "$WAGONS_CACHE_DIR" ]; then
  base=$WAGONS_CACHE_DIR
elif [ -n "$XDG_CACHE_HOME" ]; then
  base=$XDG_CACHE_HOME/wagons
else
  base=${HOME:-/dev/null}/.cache/wagons
fi
case $base in
  /*) ;;
  *) base=$PWD/$base ;;
esac

if ! ready "$base"; then
  unpack "$base"
  status=$?
  if [ "$status" = 3 ] && [ -z "$WAGONS_CACHE_DIR" ]; then
    base=${TMPDIR:-/tmp}/wagons-$(id -u)
    mkdir -m 700 "$base" 2>/dev/null
    case $(plain_ls "$base") in
      drwx------*) [ -O "$base" ] ;;
      *) false ;;
    esac || fail "Cannot use $base: it has to be a folder of yours with mode 0700. Remove it, or set WAGONS_CACHE_DIR to a folder of your own."
    ready "$base" || unpack "$base"
    status=$?
  fi
  [ "$status" != 3 ] || fail "Cannot write to $base. Set WAGONS_CACHE_DIR to a folder of your own."
  [ "$status" = 0 ] || exit "$status"
fi

# Deno reads ~/.npmrc and gives up if it cannot. It gets another home; the first module of the
# program puts the user's back.
[ -z "${HOME+set}" ] || export WAGONS_LAUNCHER_HOME="$HOME"
export HOME="$base/$id" DENO_DIR="$base/$id/cache"
exec "$base/$id/deno" run @FLAGS@ "$base/$id/js/@MAIN@" "$@"
