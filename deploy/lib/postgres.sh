# shellcheck shell=bash
# A private Postgres: loopback only, passwords by SCRAM, durable like a real one.

readonly POSTGRES_DATABASE=stateset

# postgres_programs: the folder of the programs of the data folder's version, else of the newest one that is new enough.
postgres_programs() {
    local folder version wanted=''
    [[ ! -s ${DATA_HOME:-}/data/PG_VERSION ]] || wanted=$(<"$DATA_HOME/data/PG_VERSION")
    for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
        version=${folder#/usr/lib/postgresql/} version=${version%/bin}
        [[ -x $folder/initdb && ${version%%.*} -ge ${wanted:-$POSTGRES_MAJOR_MIN} ]] || continue
        [[ ! $wanted || $wanted == "$version" ]] || continue
        printf '%s\n' "$folder"
        return
    done
    return 1
}

# Tests run all at once, each with pools of its own.
postgres_connections_max() { [[ $STACK == test ]] && printf 1000 || printf 200; }

postgres_url() { # USER PASSWORD DATABASE
    printf 'postgresql://%s:%s@127.0.0.1:%s/%s' "$1" "$2" "$POSTGRES_PORT" "$3"
}

postgres_admin_url() { postgres_url postgres "$(secret postgres)" "${1:-$POSTGRES_DATABASE}"; }

start_postgres() {
    ! is_running postgres || return 0
    local programs
    prepare_data_folder postgres postgres
    programs=$(postgres_programs) || fail "the programs for $DATA_HOME/data are gone; remove $STACK_HOME to begin anew"
    [[ -s $DATA_HOME/data/PG_VERSION ]] || initialise_postgres "$programs"
    require_free_port "$POSTGRES_PORT" Postgres
    drop_stale_lock
    printf 'LANG=C.UTF-8\nHOME=%s\n' "$DATA_HOME" >"$ENV_HOME/postgres"
    start_supervised postgres INT "${RUN_AS[@]}" "$programs/postgres" -D "$DATA_HOME/data" \
        -c listen_addresses=127.0.0.1 -c port="$POSTGRES_PORT" -c unix_socket_directories='' \
        -c max_connections="$(postgres_connections_max)" -c fsync=on -c synchronous_commit=on -c log_min_error_statement=panic
}

# Made beside and then moved, so that an interrupted attempt is never taken for a database.
initialise_postgres() {
    local programs=$1 fresh=$DATA_HOME/data.new password=$DATA_HOME/password
    rm -rf "$fresh" "$DATA_HOME/data"
    # shellcheck disable=SC2016
    secret postgres | "${RUN_AS[@]}" sh -c 'umask 077 && cat >"$1"' sh "$password"
    "${RUN_AS[@]}" "$programs/initdb" --pgdata="$fresh" --username=postgres --encoding=UTF8 --locale=C.UTF-8 \
        --auth=scram-sha-256 --pwfile="$password" >"$LOG_HOME/postgres-initdb.log" 2>&1 </dev/null ||
        fail "Postgres could not create its data folder; see $LOG_HOME/postgres-initdb.log"
    rm -f "$password"
    mv "$fresh" "$DATA_HOME/data"
}

# After an unclean death the lock may name a pid that belongs to somebody else by now.
drop_stale_lock() {
    local lock=$DATA_HOME/data/postmaster.pid pid
    [[ -s $lock ]] || return 0
    read -r pid <"$lock"
    [[ $(readlink "/proc/$pid/cwd") == "$DATA_HOME/data" ]] || rm -f "$lock"
}

postgres_answers() {
    PGCONNECT_TIMEOUT=2 PGPASSWORD=$(secret postgres) "$(postgres_programs)/psql" -XqAt -h 127.0.0.1 -p "$POSTGRES_PORT" \
        -U postgres -d postgres -c "${1:-SELECT 1}"
}

await_postgres() {
    await_ready postgres 60 postgres_answers
    if [[ $(postgres_answers "SELECT count(*) FROM pg_database WHERE datname = '$POSTGRES_DATABASE'") == 0 ]]; then
        postgres_answers "CREATE DATABASE $POSTGRES_DATABASE"
    fi
}

postgres_version() { postgres_answers 'SHOW server_version' | cut -d' ' -f1; }
