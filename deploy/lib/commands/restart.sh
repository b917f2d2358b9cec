# shellcheck shell=bash
# Builds and restarts one service or all of them; a server is restarted as it is.

command_restart() {
    local name=${1:-}
    local -a services
    [[ $# -le 1 ]] || fail "restart takes one service, or none for all of them"
    use_stack dev
    [[ -s $RUN_HOME/port-base ]] || fail "nothing is running; 'deploy/dev up' starts it"
    [[ ! $name ]] || require_component "$name"
    lock_stack
    case $name in
        '')
            build "build"
            mapfile -t services < <(instance_names)
            stop_components "${services[@]}"
            migrate_database
            repair_topology
            restart_services "${services[@]}"
            ;;
        postgres | rabbitmq | epmd) restart_server "$name" ;;
        *)
            build "build" --product "$name"
            restart_services "$name"
            ;;
    esac
}

restart_services() {
    local name
    step_begin "restart"
    stop_components "$@"
    for name; do start_service "$name"; done
    for name; do await_service "$name"; done
    step_done "$([[ $# -eq 1 ]] && printf '%s is' "$1" || printf '%s services are' $#) ready"
}

restart_server() {
    step_begin "restart"
    stop_components "$1"
    case $1 in
        postgres) start_postgres && await_postgres ;;
        # The broker registers with the port mapper as it starts, so the two go together.
        *) stop_components rabbitmq epmd && start_rabbitmq && await_rabbitmq ;;
    esac
    step_done "$1 is ready"
}
