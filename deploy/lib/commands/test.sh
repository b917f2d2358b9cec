# shellcheck shell=bash
# Every test, on a Postgres and a RabbitMQ of its own that exist only while the tests run.

# Apart from the database of the product, whose clock and rows the end-to-end tests rely on.
readonly TEST_DATABASE=tests
# Enough to fill the cores while some wait for a server. All at once they would starve each other until leases run out.
readonly TESTS_AT_ONCE=24

command_test() {
    local started status=0 filter
    local -a filters=()
    for filter; do filters+=(--filter "$filter"); done
    started=$(now_ms)
    use_stack test
    create_stack_folders
    lock_stack
    trap 'stop_test_stack' EXIT
    trap 'exit 130' INT TERM HUP
    headline "StateSet tests"
    ensure_packages
    begin_empty_servers
    readonly EVENTS_TOGETHER=$STACK_HOME/events.jsonl EVENTS_ALONE=$STACK_HOME/events-alone.jsonl
    : >"$EVENTS_TOGETHER"
    : >"$EVENTS_ALONE"
    unset STATESET_DEV_RELEASE
    build "build" --build-tests
    build_simulation "$@"
    await_servers
    postgres_answers "CREATE DATABASE $TEST_DATABASE"
    export_test_environment
    run_tests "${filters[@]}" || status=$?
    report_tests "$status" "$started"
    exit "$status"
}

# build_simulation [FILTER…]: optimised, without which ten thousand seeds would take ten times as long.
build_simulation() {
    [[ $# -eq 0 || $* == *imulation* ]] || return 0
    STATESET_DEV_RELEASE=1 build "simulation" --product simulation
    STATESET_TEST_SIMULATION=$(STATESET_DEV_RELEASE=1 build_folder)/simulation
    export STATESET_TEST_SIMULATION
}

begin_empty_servers() {
    stop_stack
    local server
    for server in postgres rabbitmq; do rm -rf "$(readlink -m "$STACK_HOME/$server")" "${STACK_HOME:?}/$server"; done
    printf '%s\n' "$PORT_BASE" >"$RUN_HOME/port-base"
    begin_servers
}

# start_product: the services themselves, for the tests that go from end to end. Only after the others,
# which give the services' database roles passwords of their own.
start_product() {
    build_folder >"$RUN_HOME/build-folder"
    migrate_database
    ensure_workspace
    write_dev_environment
    start_services
}

stop_test_stack() {
    local status=$?
    trap '' INT TERM HUP
    stop_stack
    exit "$status"
}

export_test_environment() {
    declare -gx STATESET_TEST_POSTGRES_URL STATESET_TEST_AMQP_URL STATESET_TEST_RABBITMQ_MANAGEMENT_URL
    declare -gx STATESET_TEST_BIN
    STATESET_TEST_POSTGRES_URL=$(postgres_admin_url "$TEST_DATABASE")
    STATESET_TEST_AMQP_URL=$(amqp_url)
    STATESET_TEST_RABBITMQ_MANAGEMENT_URL=$(management_url)
    STATESET_TEST_BIN=$(build_folder)
}

# run_tests [--filter EXPRESSION]…: all at once first; then, one by one, those that skipped themselves for
# want of what only they may have: control of the broker, which they take away from others, or the
# whole product.
run_tests() {
    local status=0
    local -a alone
    printf '\n'
    run_swift_test "$EVENTS_TOGETHER" --experimental-maximum-parallelization-width "$TESTS_AT_ONCE" "$@" || status=$?
    mapfile -t alone < <(skipped_tests "$EVENTS_TOGETHER")
    if ((${#alone[@]})); then
        printf '\n'
        start_product
        printf '\n  · %s\n\n' "now, one by one, the tests of the whole product and of a broker in trouble"
        STATESET_TEST_RABBITMQCTL=$(write_rabbitmqctl) STATESET_TEST_DEV_ENV=$STACK_HOME/dev.env \
            run_swift_test "$EVENTS_ALONE" --no-parallel "${alone[@]/#/--filter=}" || status=$?
    fi
    return "$status"
}

# The runner carries our mark, so that a process which a dying test left behind is stopped with the rest.
# The event stream is the only place that tells a test's tags.
run_swift_test() {
    local events=$1
    shift
    env "$(stack_mark)" swift test --package-path "$CHECKOUT" --skip-build --disable-xctest \
        --event-stream-output-path "$events" --event-stream-version 0 "$@" </dev/null
}

# skipped_tests EVENTS: an expression that selects each test function that was skipped.
skipped_tests() {
    [[ -s $1 ]] || return 0
    jq -r 'select(.kind == "event" and .payload.kind == "testSkipped") | .payload.testID
        | capture("^(?<test>[^/]+(/.+)?)/[^/]+\\.swift:[0-9:]+$") | .test
        | "^" + gsub("(?<special>[][.()|*+?{}^$\\\\])"; "\\\(.special)") + "(/|$)"' "$1"
}

# report_tests STATUS STARTED_MS: the counts, last of all as one plain line for programs.
report_tests() {
    local counts passed failed skipped real
    counts=$(count_tests "$EVENTS_TOGETHER" "$EVENTS_ALONE") || fail "the tests ended without a result (status $1)"
    read -r passed failed skipped real <<<"$counts"
    printf '\n'
    if (($1 == 0 && failed == 0)); then
        ((passed > 0)) || fail "no test ran; is the filter right?"
        step_result tests "$2" "$passed passed, $real of them on a real broker or database"
    else
        printf '  %s✗%s %s\n' "$RED" "$PLAIN" "failed after $(seconds_since "$2"); the failures are marked ✘ above" >&2
    fi
    printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
}

# count_tests EVENTS…: "passed failed skipped real". Without tags, tests count as real by the files whose
# suites depend on a server being there.
count_tests() {
    local needing_servers
    needing_servers=$({ grep -rlF '.enabled(if:' "$CHECKOUT/Tests" || :; } | jq -Rn '[inputs]')
    jq -rs --argjson needing_servers "$needing_servers" -f "$CHECKOUT/deploy/lib/count-tests.jq" "$@"
}
