# shellcheck shell=bash
# Measurements of an optimised build, on a Postgres and a RabbitMQ of their own: durable, confirmed, and
# every part in a process of its own as in production.

bench_help() {
    cat <<'HELP'
usage: deploy/dev bench [options]

  --json               ends with one JSON line that holds all figures
  --seconds N          how long sagas are measured (60), after a warm-up of --warm-up N (5)
  --count N            measures N sagas instead
  --concurrency C      sagas under way at a time (64); of a list such as 64,1,16,256 each is measured
  --finished N         measures the first of these again with N finished sagas in the tables
  --webhooks           also webhooks accepted per second at the gateway, next to pgbench
  --refunds [C]        also refunds calculated per second at the API, over C connections (8); of a list each
  --returns [N]        also N returns (300) through the whole product, from the question to the books
  --timers [N]         also N sleeping sagas (100000), and 10000 due ones
  --idle               also what all services use while there is nothing to do
  --no-sagas           only what is asked for besides
HELP
}

command_bench() {
    read_bench_options "$@"
    export STATESET_DEV_RELEASE=1
    use_stack bench
    create_stack_folders
    lock_stack
    trap 'stop_bench_stack' EXIT
    trap 'exit 130' INT TERM HUP
    headline "StateSet measurements"
    bring_up_bench
    printf '\n'
    [[ ! $BENCH_SAGAS ]] || measure_sagas
    [[ ! $BENCH_FINISHED ]] || measure_beside_finished
    [[ ! $BENCH_WEBHOOKS ]] || measure_webhooks
    [[ ! $BENCH_REFUNDS ]] || measure_refunds
    [[ ! $BENCH_RETURNS ]] || measure_returns
    [[ ! $BENCH_TIMERS ]] || measure_timers
    [[ ! $BENCH_IDLE ]] || measure_idle
    [[ ! $BENCH_JSON ]] || jq -sc add "$FIGURES"
}

read_bench_options() {
    BENCH_JSON='' BENCH_FINISHED='' BENCH_WEBHOOKS='' BENCH_REFUNDS='' BENCH_RETURNS='' BENCH_TIMERS='' BENCH_IDLE='' BENCH_SAGAS=1
    BENCH_CONCURRENCY=64 BENCH_LIMITS=()
    while (($#)); do
        case $1 in
            --json) BENCH_JSON=1 ;;
            --seconds | --warm-up | --count)
                require_number "$@"
                BENCH_LIMITS+=("$1" "$2") && shift
                ;;
            --concurrency) BENCH_CONCURRENCY=${2:-} && shift ;;
            --finished)
                require_number "$@"
                BENCH_FINISHED=$2 && shift
                ;;
            --webhooks) BENCH_WEBHOOKS=1 ;;
            --refunds)
                BENCH_REFUNDS=8
                [[ ! ${2:-} =~ ^[0-9]+(,[0-9]+)*$ ]] || { BENCH_REFUNDS=$2 && shift; }
                ;;
            --returns)
                BENCH_RETURNS=300
                [[ ! ${2:-} =~ ^[0-9]+$ ]] || { BENCH_RETURNS=$2 && shift; }
                ;;
            --timers)
                BENCH_TIMERS=100000
                [[ ! ${2:-} =~ ^[0-9]+$ ]] || { BENCH_TIMERS=$2 && shift; }
                ;;
            --idle) BENCH_IDLE=1 ;;
            --no-sagas) BENCH_SAGAS='' ;;
            -h | --help)
                bench_help
                exit
                ;;
            *) fail "bench does not know '$1'; 'deploy/dev bench --help' lists the options" ;;
        esac
        shift
    done
    [[ $BENCH_CONCURRENCY =~ ^[0-9]+(,[0-9]+)*$ ]] || fail "--concurrency takes a number, or several with commas"
}

require_number() { # OPTION VALUE …
    [[ ${2:-} =~ ^[0-9]+$ ]] || fail "$1 takes a number"
}

bring_up_bench() {
    ensure_packages
    build "build"
    build_folder >"$RUN_HOME/build-folder"
    begin_empty_servers
    await_servers
    migrate_database
    bench_program migrate --password "$(secret role-bench-participant)" 2>>"$LOG_HOME/setup.log" ||
        setup_failed "bench migrate"
    ensure_workspace
    FIGURES=$STACK_HOME/figures.jsonl
    : >"$FIGURES"
}

measure_sagas() {
    local level
    start_measured_sagas
    for level in ${BENCH_CONCURRENCY//,/ }; do
        measure sagas --name "sagas$(level_suffix "$level")" --concurrency "$level" "${BENCH_LIMITS[@]}"
    done
}

# The first level gives the plain figures.
level_suffix() { [[ $1 == "${BENCH_CONCURRENCY%%,*}" ]] || printf '_at_%s' "$1"; }

measure_beside_finished() {
    start_measured_sagas
    [[ $BENCH_SAGAS ]] || bench_program sagas --count 500 >/dev/null
    measure finished --count "$BENCH_FINISHED"
    measure sagas --name sagas_beside_finished --concurrency "${BENCH_CONCURRENCY%%,*}" "${BENCH_LIMITS[@]}"
}

measure_webhooks() {
    start_measured ingest-gateway ingest-gateway
    measure webhooks --port "$(service_port ingest-gateway public)" --shop "$SHOPIFY_SHOP" \
        --secret "$(secret shopify-webhook)"
    measure_pgbench
    stop_components ingest-gateway
}

measure_refunds() {
    local connections
    start_measured api api
    for connections in ${BENCH_REFUNDS//,/ }; do
        measure refunds --port "$(service_port api public)" --key "$(api_key)" --connections "$connections" \
            --pid "$(recorded_pid "$RUN_HOME/api.pid")"
    done
    stop_components api
}

# The simulators answer at once, and no account is throttled: what is left is our own work.
measure_returns() {
    local name
    local -a pids=()
    for name in DCL GORGIAS QUICKBOOKS RECHARGE SHIPSTATION SHOPIFY STRIPE; do
        export "STATESET_SIM_${name}_BUCKET=1000000" "STATESET_SIM_${name}_LEAK=1000000"
    done
    export STATESET_SIM_NETSUITE_CONCURRENCY=1000
    stop_components saga-coordinator bench-participant
    lift_provider_limits
    write_dev_environment
    start_services >/dev/null
    for name in postgres rabbitmq $(service_names); do pids+=("$name=$(recorded_pid "$RUN_HOME/$name.pid")"); done
    STATESET_TEST_DEV_ENV=$STACK_HOME/dev.env measure returns --count "$BENCH_RETURNS" "${pids[@]}"
    # shellcheck disable=SC2046 # names without spaces
    stop_components $(service_names)
}

lift_provider_limits() {
    local provider limits='{calls_per_second: 100000, calls_burst: 100000}'
    for provider in shopify dcl shipstation gorgias; do lift_limits "$provider" "$limits"; done
    lift_limits shopify "$limits + {points_per_second: 100000, points_burst: 100000}"
    lift_limits quickbooks "$limits + {concurrency: 100}"
    lift_limits netsuite '{concurrency: 100}'
}

lift_limits() { # PROVIDER LIMITS
    "$1_settings" | jq ". + ($2)" | stateset providers set "$1" --workspace "$(workspace_id)" --stdin \
        >>"$LOG_HOME/setup.log" || setup_failed "stateset providers set $1"
}

# The same row without a gateway before it: what the database alone takes.
measure_pgbench() {
    local script=$STACK_HOME/webhook.sql result
    cat >"$script" <<SQL
WITH receipt AS (
    INSERT INTO ingest_gateway.received (id, workspace_id, provider, topic, delivery_id, status, received_at)
    SELECT id, '$(workspace_uuid)', 'shopify', 'orders/paid', id::text, 'accepted', now()
    FROM (SELECT gen_random_uuid() AS id) AS one RETURNING id)
INSERT INTO ingest_gateway.payloads (received_id, workspace_id, received_at, headers, body)
SELECT id, '$(workspace_uuid)', now(), '{"x-shopify-topic":"orders/paid"}', decode(repeat('7b22736b75223a31', 375), 'hex') FROM receipt;
SQL
    result=$("$(postgres_programs)/pgbench" --no-vacuum --protocol=prepared --file="$script" --client=8 --jobs=2 --time=10 \
        "$(postgres_admin_url)" 2>>"$LOG_HOME/setup.log" | sed -n 's/^tps = \([0-9.]*\).*/\1/p')
    remark "$(printf '%-20s %s rows/s by pgbench with 8 clients, one transaction each' pgbench "${result%.*}")"
    jq -nc --argjson tps "${result:-0}" '{pgbench: {per_second: $tps, clients: 8}}' >>"$FIGURES"
}

workspace_uuid() { workspace_id | sed 's/^ws_//'; }

measure_timers() {
    start_measured_sagas
    measure timers --sleepers "$BENCH_TIMERS" --coordinator-pid "$(recorded_pid "$RUN_HOME/saga-coordinator.pid")"
}

measure_idle() {
    local service
    local -a pids=()
    stop_components saga-coordinator bench-participant
    start_services >/dev/null
    pause 10
    for service in $(service_names); do pids+=("$service=$(recorded_pid "$RUN_HOME/$service.pid")"); done
    measure idle "${pids[@]}"
}

start_measured_sagas() {
    is_running saga-coordinator || start_measured saga-coordinator bench coordinator
    is_running bench-participant || start_measured bench-participant bench participant
}

# start_measured NAME PROGRAM [ARGUMENT…]: a service of the bench, ready.
start_measured() {
    local name=$1 program=$2
    shift 2
    write_bench_environment "$name"
    start_supervised "$name" TERM "$(<"$RUN_HOME/build-folder")/$program" "$@"
    await_ready "$name" "$SERVICE_READY_SECONDS" curl --silent --fail --max-time 2 --noproxy '*' --output /dev/null \
        "http://127.0.0.1:$(bench_admin_port "$name")/health/ready"
}

bench_admin_port() {
    local port
    port=$(service_port "$1" admin)
    printf '%s' "${port:-$((PORT_BASE + 25))}"
}

write_bench_environment() {
    {
        common_environment
        printf 'STATESET_LOG_LEVEL=notice\nSTATESET_ADMIN_PORT=%s\n' "$(bench_admin_port "$1")"
        [[ ! $(service_port "$1" public) ]] || printf 'STATESET_HTTP_PORT=%s\n' "$(service_port "$1" public)"
        printf 'STATESET_POSTGRES_URL=%s\n' \
            "$(postgres_url "$(service_role "$1")" "$(secret "role-$1")" "$POSTGRES_DATABASE")"
    } | awk -F= '{line[$1] = $0} END {for (name in line) print line[name]}' >"$ENV_HOME/$1"
}

# measure SUBCOMMAND [ARGUMENT…]: shows its line, keeps its figures.
measure() { bench_program "$@" >>"$FIGURES"; }

# bench_program ARGUMENT…: the measuring program, as the owner of all schemas.
bench_program() {
    STATESET_POSTGRES_URL=$(postgres_admin_url) STATESET_AMQP_URL=$(amqp_url) \
        STATESET_WORKSPACE=$(workspace_id 2>/dev/null || :) "$(<"$RUN_HOME/build-folder")/bench" "$@"
}

stop_bench_stack() {
    local status=$?
    trap '' INT TERM HUP
    stop_components bench-participant
    stop_stack
    exit "$status"
}
