# shellcheck shell=bash
# What the scripts beside this file share: where things are, as whom they run,
# and the two private PostgreSQL clusters. Sourced, never run.
set -euo pipefail
umask 022

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
ADDON=odoo_iso10003
BESIDE=web_solar_hijri # recommended with it, and there in the server's database
LOCAL=$ROOT/.local # everything a script makes; git ignores it
VENV=$LOCAL/venv
NODE=$LOCAL/node
LANGUAGES=en_US,fa_IR # the first is what a new user gets
# shellcheck disable=SC2034  # used by the scripts
CACHE=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/$ADDON # downloads; survives `rm -rf .local`
SERVICE_USER=iso10003 # who runs PostgreSQL and Odoo when root runs the script

# ---------------------------------------------------------------- messages

say() { printf '%s\n' "$*" >&2; }

# die WHAT [CURE]
die() {
  printf 'error: %s\n' "$1" >&2
  [ -z "${2:-}" ] || printf '  cure: %s\n' "$2" >&2
  exit 1
}

# The comment at the head of a script is its help.
help() { sed -n '2,/^[^#]/ { s/^# \{0,1\}//p }' "$0"; }

# A step that takes long: say so, show that it lives, and show the end of its output if it
# fails.
step() {
  local title=$1 output kept=$LOCAL/log/${SLOT:-${0##*/}}.log rc=0 start=$SECONDS child beat
  shift
  mkdir -p "$LOCAL/log"
  output=$(mktemp "$LOCAL/log/step-XXXXXX")
  say "→ $title"
  # In the background, because `set -e` is off inside a condition; with SIGINT
  # back on, because the shell turns it off for what runs in the background.
  (
    trap - INT
    "$@"
  ) >"$output" 2>&1 &
  child=$!
  heartbeat "$start" &
  beat=$!
  wait "$child" || rc=$?
  kill "$beat" 2>/dev/null || true
  wait "$beat" 2>/dev/null || true
  mv "$output" "$kept"
  if [ "$rc" != 0 ]; then
    say "--- the end of $kept:"
    tail -n 30 "$kept" >&2
    die "failed: $title"
  fi
  [ $((SECONDS - start)) -lt 3 ] || say "  done in $((SECONDS - start)) s"
}

heartbeat() {
  local nap
  exec 5>&- 6>&- 7>&- 8>&- 9>&- # locks are not for us
  trap 'kill "$nap"; exit' TERM INT
  while sleep 15 & nap=$!; wait "$nap" && kill -0 $$; do say "  … $((SECONDS - $1)) s"; done
}

# ---------------------------------------------------------------- stamps
# A step remembers what it was made from, and is skipped while that is the same.

digest() { sha256sum | cut -c1-12; }
is_done() { [ "$(cat "$LOCAL/stamps/$1" 2>/dev/null)" = "$2" ]; }
mark_done() {
  mkdir -p "$LOCAL/stamps"
  printf '%s\n' "$2" >"$LOCAL/stamps/$1"
}

# ---------------------------------------------------------------- as whom, and where

make_local() {
  mkdir -p "$LOCAL" 2>/dev/null || true
  [ -O "$LOCAL" ] || die "$LOCAL belongs to $(stat -c %U "$LOCAL" 2>/dev/null || echo nobody)" \
    "run this as the user to whom the checkout belongs, or remove $LOCAL"
}

# RUN holds what is written at run time: clusters, filestores, logs, screenshots. It is
# under the checkout, unless root runs the script and the service user cannot get there
# (a clone below a private folder): then it is below /var/lib, and Odoo, which must read
# the code, runs as root. Where it once is, it stays.
locate_run_folder() {
  RUN=$LOCAL/run AS_SERVICE=() AS_ODOO=() NOTE=
  [ "$(id -u)" = 0 ] || { mkdir -p "$RUN" && return; }
  # PostgreSQL refuses root, and Odoo had better not be root either
  local service=(setpriv --reuid="$SERVICE_USER" --regid="$SERVICE_USER" --init-groups)
  if "${service[@]}" test -r "$ROOT/$ADDON/__manifest__.py" -a -r "$(odoo_path)/odoo/release.py"; then
    AS_ODOO=("${service[@]}")
  elif [ ! -e "$RUN" ]; then
    mkdir -p "/var/lib/$ADDON/$(printf %s "$ROOT" | digest)"
    ln -sfn "/var/lib/$ADDON/$(printf %s "$ROOT" | digest)" "$RUN"
  fi
  mkdir -p "$RUN/home"
  RUN=$(realpath "$RUN")
  if [ -z "${AS_ODOO[*]}" ]; then
    # shellcheck disable=SC2034  # script/setup says it
    NOTE="user $SERVICE_USER cannot read $ROOT or Odoo: databases are in $RUN, Odoo runs as root"
    chown "$SERVICE_USER:" "$RUN" "$RUN/home"
  elif [ -n "$(find "$RUN" -maxdepth 1 ! -user "$SERVICE_USER" -print -quit)" ]; then
    chown -R "$SERVICE_USER:" "$RUN"
  fi
  "${service[@]}" test -w "$RUN" ||
    die "user $SERVICE_USER cannot get to $RUN, where its databases are" \
      "let others enter the folders above it (chmod o+x), or remove $RUN"
  AS_SERVICE=(env HOME="$RUN/home" "${service[@]}")
  AS_ODOO=(env HOME="$RUN/home" PYTHONPYCACHEPREFIX="$RUN/pycache" "${AS_ODOO[@]}")
}

as_service() { "${AS_SERVICE[@]}" "$@"; }
as_odoo() { "${AS_ODOO[@]}" "$@"; }
# PostgreSQL's programs want a current folder that they may enter.
as_postgres() { as_service env -C / "$@"; }

# Python, Node (rtlcss) and PostgreSQL's programs, all caches out of the tree.
use_environment() {
  local pg
  pg=$(postgres_bin)
  export PATH=$VENV/bin:$NODE/bin:$NODE/node_modules/.bin:$pg:$PATH
  export PYTHONPYCACHEPREFIX=$LOCAL/pycache HYPOTHESIS_STORAGE_DIRECTORY=$RUN/hypothesis
  export LANG=C.UTF-8 LC_ALL=C.UTF-8 PYTHONUNBUFFERED=1
  unset PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE ODOO_RC OPENERP_SERVER
}

# ---------------------------------------------------------------- PostgreSQL
# Two clusters, each in its folder, on a unix socket only: `server` keeps its
# data whatever happens, `test` trades that for speed.

postgres_bin() {
  local bin
  bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  [ -x "$bin/initdb" ] || bin=$(dirname "$(command -v initdb || echo /nonexistent)")
  [ -x "$bin/initdb" ] || die "no PostgreSQL server programs" "script/setup"
  [ "$("$bin/postgres" -V | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -ge 14 ] ||
    die "$("$bin/postgres" -V) is too old" "install PostgreSQL 14 or later"
  printf '%s\n' "$bin"
}

# use_cluster NAME: start it unless it runs, and stop it at exit unless another
# script still uses it. Who uses it is known by a shared lock, which a killed
# process cannot leave behind.
use_cluster() {
  CLUSTER_NAME=$1
  CLUSTER=$RUN/pg-$1
  SOCKET=$CLUSTER/socket
  # a socket's path may have 107 bytes
  [ ${#SOCKET} -lt 90 ] || SOCKET=/var/tmp/$ADDON-$(printf %s "$SOCKET" | digest)
  export PGHOST=$SOCKET PGPORT=5432 PGUSER=odoo
  unset PGDATABASE PGPASSWORD PGSERVICE PGOPTIONS
  exec 8>"$LOCAL/pg-$1.lock" 9>"$LOCAL/pg-$1.users"
  flock 8
  [ -f "$CLUSTER/data/PG_VERSION" ] ||
    step "creating PostgreSQL cluster '$1'" create_cluster "$1"
  [ "$(cat "$CLUSTER/data/PG_VERSION")" = "$(postgres -V | sed 's/[^0-9]*\([0-9]*\).*/\1/')" ] ||
    die "$CLUSTER was made by PostgreSQL $(cat "$CLUSTER/data/PG_VERSION"), which is not here" \
      "install that one, or lose the data: rm -r $CLUSTER"
  start_cluster
  flock -s 9
  flock -u 8
  trap 'leave_cluster' EXIT
}

create_cluster() {
  as_postgres mkdir -p "$CLUSTER"
  as_postgres rm -rf "$CLUSTER/new"
  # trust: the socket's folder lets nobody else in
  as_postgres initdb -D "$CLUSTER/new" -U odoo -A trust -E UTF8 --locale=C.UTF-8 \
    --data-checksums --no-instructions
  {
    cat <<CONF
listen_addresses = ''
unix_socket_directories = '$SOCKET'
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
max_connections = 100
CONF
    [ "$1" != test ] || cat <<CONF
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 4GB
autovacuum_naptime = 10min
CONF
  } | as_postgres tee -a "$CLUSTER/new/postgresql.conf" >/dev/null
  as_postgres mv "$CLUSTER/new" "$CLUSTER/data"
}

cluster_is_up() { as_postgres pg_isready -q; }

start_cluster() {
  local try
  ! cluster_is_up || return 0
  as_postgres mkdir -p -m 700 "$SOCKET"
  [ "$(stat -c %u "$SOCKET")" = "$(as_postgres id -u)" ] ||
    die "$SOCKET belongs to somebody else" "remove it"
  # After a kill -9 the remains may hold the lock file for a moment.
  for try in 1 2 3 4 5 6 7 8 9 10; do
    # without our lock files, which PostgreSQL would keep open
    as_postgres pg_ctl -D "$CLUSTER/data" -l "$CLUSTER/log" -w -t 60 start \
      >/dev/null 2>&1 8>&- 9>&- && return
    ! cluster_is_up || return 0
    sleep 1
  done
  tail -n 20 "$CLUSTER/log" >&2
  die "PostgreSQL did not start in $try tries" "read $CLUSTER/log"
}

leave_cluster() {
  flock 8
  flock -u 9
  ! flock -n -x 9 ||
    as_postgres pg_ctl -D "$CLUSTER/data" -m fast -w stop >/dev/null 2>&1 8>&- 9>&- || true
  flock -u 8
}

sql() { as_postgres psql -XqAt -v ON_ERROR_STOP=1 -d "${2:-postgres}" -c "$1"; }
has_database() { [ -n "$(sql "SELECT 1 FROM pg_database WHERE datname = '$1'")" ]; }

# ---------------------------------------------------------------- Odoo

odoo_path() { cat "$VENV/odoo-path"; } # where the package `odoo` is; written by setup

# odoo_conf NAME DATABASE [OPTION...]: write a configuration, print its path
odoo_conf() {
  local name=$1 database=$2 conf=$RUN/conf/$1.conf addons=$ROOT
  shift 2
  [ ! -d "$(odoo_path)/addons/web" ] || addons=$ROOT,$(odoo_path)/addons
  as_odoo mkdir -p "$RUN/conf" "$RUN/data" "$RUN/log" "$RUN/screenshots"
  as_odoo tee "$conf" >/dev/null <<CONF
[options]
db_host = $PGHOST
db_port = $PGPORT
db_user = $PGUSER
db_name = $database
dbfilter = ^$database\$
list_db = False
admin_passwd = $(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
data_dir = $RUN/data/$CLUSTER_NAME
addons_path = $addons
screenshots = $RUN/screenshots/$name
http_interface = 127.0.0.1
$(printf '%s\n' "$@")
CONF
  printf '%s\n' "$conf"
}

python() { as_odoo "$VENV/bin/python" "$@"; }
odoo() { python -m odoo "$@"; }

site_packages() { python -c 'import sysconfig; print(sysconfig.get_path("purelib"))'; }

# ---------------------------------------------------------------- databases

filestore() { printf '%s\n' "$RUN/data/$CLUSTER_NAME/filestore/$1"; }

drop_database() {
  if has_database "$1"; then
    sql "ALTER DATABASE \"$1\" IS_TEMPLATE false"
    sql "DROP DATABASE \"$1\" WITH (FORCE)"
  fi
  as_odoo rm -rf "$(filestore "$1")"
}

# copy_database FROM TO: TO is thrown away first
copy_database() {
  local from
  from=$(filestore "$1")
  drop_database "$2"
  sql "CREATE DATABASE \"$2\" TEMPLATE \"$1\""
  # the files of a filestore never change, so links will do
  [ ! -d "$from" ] || as_odoo cp -al "$from" "$(filestore "$2")"
}

# The modules the addon depends on, with commas
dependencies() {
  python -c 'import ast, sys
print(",".join(ast.literal_eval(sys.stdin.read())["depends"]))' <"$ROOT/$ADDON/__manifest__.py"
}

# run_odoo NAME DATABASE OPTIONS...: run Odoo to its end; an ERROR in its log is a failure
run_odoo() {
  local log=$RUN/log/$1.log name=$1 database=$2 conf errors rc=0
  shift 2
  as_odoo rm -f "$log"
  conf=$(odoo_conf "$name" "$database" "logfile = $log" "max_cron_threads = 0")
  odoo "$@" -c "$conf" || rc=$?
  errors=$(problems_in "$log" 'ERROR|CRITICAL')
  [ "$rc$errors" != 0 ] || return 0
  tail -n 60 "$log"
  printf -- '--- exit code %s; errors in %s:\n%s\n' "$rc" "$log" "$errors"
  return 1
}

# problems_in LOG LEVELS: the lines of an Odoo log that have one of these levels, but for
# those in which TOLERATED is
TOLERATED='^$'
problems_in() { grep -nE "^[0-9-]{10} [0-9:,]{12} [0-9]+ ($2) " "$1" | grep -vE "$TOLERATED" || true; }

is_installed() {
  [ "$(sql "SELECT state FROM ir_module_module WHERE name = '$ADDON'" "$1")" = installed ]
}

# What decides about the content of a database, but for tests and the browser's code
digest_of_addon() {
  (cd "$ROOT/$ADDON" && find . -type f ! -path './tests/*' ! -path './static/src/*' \
    ! -path './static/tests/*' ! -name '*.pyc' -print0 | sort -z | xargs -0 sha256sum) | digest
}

# What decides about what is made there for tests (tests/kept.py), on top of that
digest_of_kept() {
  (cd "$ROOT/$ADDON" && find tests/common.py tests/kept.py static -type f -print0 |
    sort -z | xargs -0 sha256sum) | digest
}

# new_database KIND NAME: a copy of a template in which the addon is installed. KIND is
# `plain`, `demo`, or `people`: demo data and the people of the tests. There are two
# templates of each, one with only what the addon depends on, and a third with people;
# each is made anew when what it is made of has changed.
new_database() {
  local kind=${1/people/demo} base addon template
  exec 6>"$LOCAL/template_$kind.lock"
  flock 6
  base=$(base_template "$kind")
  make_base_template "$base" "$kind"
  addon=addon_${kind}_$(digest <<<"$base $(digest_of_addon)")
  if ! is_template "$addon"; then
    drop_databases "addon_${kind}_"
    step "installing $ADDON into a copy of it" make_addon_template "$base" "$addon" "$kind"
  fi
  template=$addon
  if [ "$1" = people ]; then
    template=people_$(digest <<<"$addon $(digest_of_kept)")
    if ! is_template "$template"; then
      drop_databases people_
      step "making there what all tests need" make_people_template "$addon" "$template"
    fi
  fi
  drop_databases "$2-" # copies of it that a killed run left
  copy_database "$template" "$2"
  flock -u 6
}

# base_template KIND: name the template that has only what the addon depends on
base_template() {
  printf 'base_%s_%s\n' "$1" "$(cat "$ROOT/requirements.txt" "$(odoo_path)/odoo/release.py" - <<<"$(dependencies) $LANGUAGES$(
    [ "$1" != solar ] || cat "$ROOT/$BESIDE/folding.py"
  )" | digest)"
}

is_template() { [ -n "$(sql "SELECT 1 FROM pg_database WHERE datname = '$1' AND datistemplate")" ]; }

# drop_databases PREFIX...
drop_databases() {
  local prefix database
  for prefix; do
    for database in $(sql "SELECT datname FROM pg_database WHERE starts_with(datname, '$prefix')"); do
      drop_database "$database"
    done
  done
}

# make_base_template NAME KIND: unless it is there
make_base_template() {
  local modules
  modules=$(dependencies)
  ! is_template "$1" || return 0
  drop_databases "base_$2_" "addon_$2_"
  step "making a database with ${modules//,/, } ($2 data, Persian)" \
    fill_base_template "$1" "$2" "$modules"
}

fill_base_template() {
  local demo=
  [ "$2" = plain ] || demo=--with-demo
  drop_database "$1"
  case $2 in
  solar) create_persian_database "$1" ;;
  *) sql "CREATE DATABASE \"$1\"" ;;
  esac
  # shellcheck disable=SC2086
  run_odoo "base_$2" "$1" -i "$3" --load-language=$LANGUAGES --stop-after-init --no-http $demo
  sql "ALTER DATABASE \"$1\" IS_TEMPLATE true"
}

make_addon_template() {
  copy_database "$1" "$2"
  run_odoo "install_$3" "$2" -i "$ADDON" --stop-after-init --no-http
  is_installed "$2" || die "Odoo did not install $ADDON" "read $RUN/log/install_$3.log"
  sql "ALTER DATABASE \"$2\" IS_TEMPLATE true"
}

make_people_template() {
  local conf
  copy_database "$1" "$2"
  conf=$(odoo_conf people "$2" "logfile = $RUN/log/people.log" "max_cron_threads = 0")
  odoo shell -c "$conf" --no-http <<PYTHON
from odoo.addons.$ADDON.tests import kept
kept.keep(env)
env.cr.commit()
PYTHON
  sql "ALTER DATABASE \"$2\" IS_TEMPLATE true"
}

# ---------------------------------------------------------------- Persian in the database

# In which texts are ordered and compared as Persian is, by PostgreSQL itself: the README
# of web_solar_hijri tells. The order is given once, when a database is made.
create_persian_database() {
  sql "CREATE DATABASE \"$1\" TEMPLATE template0 $(persian_order)"
  search_in_persian "$1"
}

persian_order() {
  [ -z "$(sql "SELECT 1 FROM pg_collation WHERE collname = 'fa-IR-x-icu'
    AND current_setting('server_version_num')::int >= 150000")" ] ||
    echo "LOCALE_PROVIDER icu ICU_LOCALE 'fa-IR'"
}

# An index that is lost by that comes back when the addon it is of is updated.
search_in_persian() {
  python "$ROOT/$BESIDE/folding.py" | as_postgres psql -Xq -v ON_ERROR_STOP=1 -d "$1"
}

# Not by its name: a database of before may have another function that is called so.
searches_in_persian() {
  local body
  body=$(env -C "$ROOT/$BESIDE" "$VENV/bin/python" -c "import folding; print(folding.BODY, end='')")
  [ "$(sql "SELECT prosrc FROM pg_proc WHERE proname = 'unaccent'" "$1")" = "$body" ]
}

# ---------------------------------------------------------------- the server's database

SERVER_DATABASE=$ADDON

has_server_database() { has_database "$SERVER_DATABASE" && is_installed "$SERVER_DATABASE" 2>/dev/null; }

digest_of_addons() { printf '%s%s\n' "$(digest_of_addon)" "$(ADDON=$BESIDE digest_of_addon)"; }

make_server_database() {
  local code pins
  code=$(digest_of_addons) pins=$(digest <"$ROOT/requirements.txt")
  drop_database "$SERVER_DATABASE"
  step "making a database with $(dependencies | sed 's/,/, /g') $ADDON and $BESIDE (demo data, Persian)" \
    fill_server_database
  mark_done server_code "$code"
  mark_done server_pins "$pins"
}

fill_server_database() {
  create_persian_database "$SERVER_DATABASE"
  run_odoo server_install "$SERVER_DATABASE" -i "$ADDON,$BESIDE" --with-demo --load-language=$LANGUAGES \
    --stop-after-init --no-http
  is_installed "$SERVER_DATABASE"
}

# To what the checkout is now: its addons, or with new pins all that is installed
update_server_database() {
  local code pins modules=$ADDON
  code=$(digest_of_addons) pins=$(digest <"$ROOT/requirements.txt")
  is_done server_pins "$pins" || modules=base
  # made before databases were made so
  searches_in_persian "$SERVER_DATABASE" || { search_in_persian "$SERVER_DATABASE" && modules=base; }
  [ "$modules" = "$ADDON" ] && is_done server_code "$code" && return
  step "updating ${modules/base/all modules}" \
    run_odoo server_update "$SERVER_DATABASE" -u "$modules,$BESIDE" -i "$BESIDE" --stop-after-init --no-http
  mark_done server_code "$code"
  mark_done server_pins "$pins"
}
