# shellcheck shell=bash
# Everything from nothing, or from whatever is left of an earlier run.

command_up() {
    local detach='' demo=1 argument
    for argument; do
        case $argument in
            --detach) detach=1 ;;
            --no-demo) demo='' ;;
            *) fail "up does not know '$argument'; it takes --detach and --no-demo" ;;
        esac
    done
    local started
    started=$(now_ms)
    use_stack dev
    create_stack_folders
    lock_stack
    if all_is_running; then
        remark "already running: 'deploy/dev restart' builds and restarts, 'deploy/dev down' stops, 'deploy/dev status' shows it"
        return
    fi
    trap 'up_failed' EXIT
    trap 'exit 130' INT TERM HUP
    headline "StateSet development stack"
    bring_up
    unlock_stack
    [[ ! $demo ]] || run_demonstration || DEMONSTRATION_FAILED=1
    trap - EXIT
    show_where_to_look "$(seconds_since "$started")" "$detach" "$demo"
    [[ $detach ]] || stay
    [[ ! ${DEMONSTRATION_FAILED:-} ]] || exit 1
}

bring_up() {
    ensure_packages
    stop_leftovers
    printf '%s\n' "$PORT_BASE" >"$RUN_HOME/port-base"
    begin_servers
    build "build"
    build_folder >"$RUN_HOME/build-folder"
    await_servers
    migrate_database
    repair_topology
    ensure_workspace
    write_dev_environment
    start_services
}

all_is_running() {
    local name
    for name in "${SERVERS[@]}" $(instance_names); do is_running "$name" || return 1; done
}

# What an unclean death left: running parts are stopped, so that all of them start from this build.
stop_leftovers() {
    [[ $(stack_components_running) || $(marked_processes) ]] || return 0
    step_begin "leftovers" "stopping what an earlier run left behind"
    stop_stack
    step_done "stopped"
}

up_failed() {
    local status=$?
    trap '' INT TERM HUP
    [[ ! $INTERACTIVE ]] || printf '\r\e[K'
    remark "stopping what was started; the logs stay in ${LOG_HOME#"$PWD/"}"
    stop_stack
    exit "$status"
}

# The demonstration talks to the stack as any program outside would: with dev.env.
run_demonstration() {
    printf '\n'
    (
        trap - EXIT
        set -a
        # shellcheck source=/dev/null
        source "$STACK_HOME/dev.env"
        set +a
        exec "$STATESET_CLI" dev demo
    ) && return
    remark "the demonstration did not end well; the stack keeps running, 'deploy/dev logs' tells more"
    return 1
}

show_where_to_look() { # UP_TIME DETACHED WITH_DEMONSTRATION
    printf '\n%sUp after %s.%s\n\n' "$BOLD" "$1" "$PLAIN"
    cat <<WHERE
  API              $(service_url api public)          key in .stateset/dev.env
  Webhooks to      $(service_url ingest-gateway public)/webhooks/shopify/$(workspace_id)
  Simulators       $(service_url provider-simulators public)          what providers saw: /_sim/journal
  RabbitMQ         http://127.0.0.1:$MANAGEMENT_PORT          user stateset, password in .stateset/dev.env
  What runs        deploy/dev status
  Logs             deploy/dev logs [service]

WHERE
    [[ $3 ]] || show_what_to_try
    if [[ $2 ]]; then
        printf '%s\n' "It runs in the background; 'deploy/dev down' stops it."
    else
        printf '%s\n' "It runs until Ctrl-C."
    fi
}

show_what_to_try() {
    cat <<'TRY'
Try next:

  source .stateset/dev.env
  curl -s $STATESET_SIMULATORS_URL/_sim/shopify/orders -d '{"line_items":[{"sku":"MIE-ROBE-S","quantity":1,"price":"74.50"}]}'
  $STATESET_CLI orders list
  $STATESET_CLI dev demo

TRY
}

# stay: until Ctrl-C, telling what dies meanwhile; or until somebody stops it from elsewhere.
stay() {
    local interrupted='' name
    local -A seen=()
    trap 'interrupted=1' INT TERM HUP
    while [[ ! $interrupted ]]; do
        pause 1
        [[ -s $RUN_HOME/port-base ]] || {
            remark "stopped from elsewhere"
            return
        }
        for name in "${SERVERS[@]}" $(instance_names); do report_restart "$name"; done
    done
    trap '' INT TERM HUP
    printf '\n'
    command_down
}

report_restart() {
    local count
    { read -r count <"$RUN_HOME/$1.restarts"; } 2>/dev/null || return 0
    if ((${count:-0} > ${seen[$1]:-0})); then
        remark "$(date +%T) $1 ended and was started again (deploy/dev logs $1)"
    fi
    seen[$1]=${count:-0}
}
