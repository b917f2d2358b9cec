# shellcheck shell=bash
# Exit status: 0 all healthy, 1 something is not, 3 nothing runs.

command_status() {
    [[ $# -eq 0 ]] || fail "status takes no arguments"
    use_stack dev
    if [[ ! $(stack_components_running) ]]; then
        printf '%s\n' "Nothing is running; 'deploy/dev up' starts it."
        exit 3
    fi
    local name unhealthy=0
    headline "StateSet development stack"
    printf '  %s%-22s %-15s %-9s %-9s %-9s %s%s\n' "$DIM" NAME STATE PID UP RESTARTS WHERE "$PLAIN"
    for name in "${SERVERS[@]}" $(instance_names); do show_component "$name" || unhealthy=1; done
    printf '\n'
    exit "$unhealthy"
}

show_component() {
    local name=$1 state pid='-' up='-' restarts colour=$GREEN
    state=$(component_state "$name")
    if [[ $state == running ]] && pid=$(recorded_pid "$RUN_HOME/$name.pid"); then
        up=$(uptime_of "$pid") || up='-'
        component_is_ready "$name" && state=ready || state='not ready'
    fi
    restarts=$(cat "$RUN_HOME/$name.restarts" 2>/dev/null || printf '-')
    [[ $state == ready ]] || colour=$RED
    printf '  %-22s %s%-15s%s %-9s %-9s %-9s %s\n' \
        "$name" "$colour" "$state" "$PLAIN" "$pid" "$up" "$restarts" "$(component_address "$name")"
    [[ $state != misconfigured ]] || printf '    %s\n' "$(configuration_error "$name")"
    [[ $state == ready ]]
}

component_is_ready() {
    case $1 in
        postgres) postgres_answers >/dev/null 2>&1 ;;
        rabbitmq) rabbitmq_answers ;;
        epmd) port_is_open "$EPMD_PORT" ;;
        *) service_answers "$1" ;;
    esac
}

component_address() {
    case $1 in
        postgres) printf '127.0.0.1:%s' "$POSTGRES_PORT" ;;
        rabbitmq) printf '127.0.0.1:%s, management http://127.0.0.1:%s' "$AMQP_PORT" "$MANAGEMENT_PORT" ;;
        epmd) printf '127.0.0.1:%s' "$EPMD_PORT" ;;
        *)
            [[ ! $(service_port "$1" public) ]] || printf '%s, ' "$(service_url "$1" public)"
            printf 'admin %s' "$(service_url "$1" admin)"
            ;;
    esac
}
