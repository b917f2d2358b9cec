# shellcheck shell=bash
# The services of the stack, all started at once: each waits for what it needs by itself.

readonly SERVICE_READY_SECONDS=60

start_service() {
    local port
    for port in $(service_port "$1" public) $(service_port "$1" admin); do require_free_port "$port" "$1"; done
    write_service_environment "$1"
    start_supervised "$1" TERM "$(<"$RUN_HOME/build-folder")/${1%"$REPLICA_MARK"}"
}

service_answers() {
    curl --silent --fail --max-time 2 --noproxy '*' --output /dev/null "$(service_url "$1" admin)/health/ready"
}

await_service() { await_ready "$1" "$SERVICE_READY_SECONDS" service_answers "$1"; }

start_services() {
    local service count=0
    step_begin "services"
    for service in $(instance_names); do start_service "$service"; done
    for service in $(instance_names); do
        step_progress "waiting for $service"
        await_service "$service"
        count=$((count + 1))
    done
    step_done "$count ready"
}

# begin_servers, await_servers: they start while something else, such as a build, goes on in between.
begin_servers() {
    start_postgres
    start_rabbitmq
}

await_servers() {
    step_begin "servers"
    step_progress "waiting for PostgreSQL"
    await_postgres
    step_progress "PostgreSQL answers, waiting for RabbitMQ"
    await_rabbitmq
    step_done "PostgreSQL $(postgres_version) on :$POSTGRES_PORT, RabbitMQ $(rabbitmq_version) on :$AMQP_PORT"
}

# stop_stack: services first, then the servers, the port mapper after its broker, then whatever else carries our mark.
stop_stack() {
    local -a services
    mapfile -t services < <(instance_names)
    stop_components "${services[@]}"
    stop_components postgres rabbitmq
    stop_components epmd
    sweep_leftovers
    rm -f "$RUN_HOME/port-base"
}

stack_components_running() {
    local name
    for name in "${SERVERS[@]}" $(instance_names); do
        [[ $(component_state "$name") == stopped ]] || printf '%s\n' "$name"
    done
}
