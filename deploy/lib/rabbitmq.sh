# shellcheck shell=bash
# A private RabbitMQ with an Erlang port mapper of its own: every listener on loopback, own node name.

readonly RABBITMQ_PROGRAMS=/usr/lib/rabbitmq/bin

rabbitmq_node() { printf 'stateset-%s-%s@localhost' "$STACK" "$CHECKOUT_HASH"; }

amqp_url() { printf 'amqp://stateset:%s@127.0.0.1:%s/%%2F' "$(secret rabbitmq)" "$AMQP_PORT"; }

management_url() { printf 'http://stateset:%s@127.0.0.1:%s' "$(secret rabbitmq)" "$MANAGEMENT_PORT"; }

start_rabbitmq() {
    ! is_running rabbitmq || return 0
    prepare_data_folder rabbitmq rabbitmq
    require_free_port "$AMQP_PORT" RabbitMQ
    require_free_port "$MANAGEMENT_PORT" "RabbitMQ management"
    write_rabbitmq_files
    is_running epmd || start_epmd
    start_supervised rabbitmq TERM "${RUN_AS[@]}" "$RABBITMQ_PROGRAMS/rabbitmq-server"
}

# Started by us, in the foreground of its supervisor; otherwise Erlang would start one that nobody stops.
start_epmd() {
    require_free_port "$EPMD_PORT" "Erlang port mapper"
    cp "$ENV_HOME/rabbitmq" "$ENV_HOME/epmd"
    start_supervised epmd TERM "${RUN_AS[@]}" epmd -port "$EPMD_PORT" -address 127.0.0.1
    await_ready epmd 10 port_is_open "$EPMD_PORT"
}

write_rabbitmq_files() {
    local conf=$DATA_HOME/conf.d
    mkdir -p "$conf" "$DATA_HOME/mnesia" "$DATA_HOME/log"
    cp "$CHECKOUT/deploy/rabbitmq/rabbitmq.conf" "$conf/10-stateset.conf"
    rabbitmq_private_configuration >"$conf/20-private.conf"
    printf '[rabbitmq_management].\n' >"$DATA_HOME/enabled_plugins"
    : >"$DATA_HOME/environment.conf"
    ((EUID != 0)) || chown -R rabbitmq: "$conf" "$DATA_HOME"/{mnesia,log,enabled_plugins,environment.conf}
    rabbitmq_environment >"$ENV_HOME/rabbitmq"
}

rabbitmq_private_configuration() {
    cat <<CONF
listeners.tcp.private = 127.0.0.1:$AMQP_PORT
management.tcp.ip = 127.0.0.1
management.tcp.port = $MANAGEMENT_PORT
default_user = stateset
default_pass = $(secret rabbitmq)
default_user_tags.administrator = true
log.file = false
log.console = true
log.console.level = info
log.console.use_colors = off
collect_statistics_interval = $(statistics_interval)
CONF
}

# Milliseconds. People and tests look at queues as they are; what is measured runs with the server's default.
statistics_interval() { [[ $STACK == bench ]] && printf 5000 || printf 1000; }

# Every file and port that the node would otherwise share with a system-wide RabbitMQ. The last line
# has the start script become the server rather than wait for it, so that signals reach it.
rabbitmq_environment() {
    cat <<ENVIRONMENT
LANG=C.UTF-8
HOME=$DATA_HOME
RABBITMQ_NODENAME=$(rabbitmq_node)
RABBITMQ_DIST_PORT=$DISTRIBUTION_PORT
ERL_EPMD_PORT=$EPMD_PORT
ERL_EPMD_ADDRESS=127.0.0.1
RABBITMQ_CTL_DIST_PORT_MIN=$CONTROL_PORT_FIRST
RABBITMQ_CTL_DIST_PORT_MAX=$CONTROL_PORT_LAST
RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}
RABBITMQ_CONF_ENV_FILE=$DATA_HOME/environment.conf
RABBITMQ_CONFIG_FILE=$DATA_HOME/rabbitmq
RABBITMQ_CONFIG_FILES=$DATA_HOME/conf.d
RABBITMQ_ADVANCED_CONFIG_FILE=$DATA_HOME/advanced.config
RABBITMQ_ENABLED_PLUGINS_FILE=$DATA_HOME/enabled_plugins
RABBITMQ_GENERATED_CONFIG_DIR=$DATA_HOME/generated
RABBITMQ_MNESIA_BASE=$DATA_HOME/mnesia
RABBITMQ_LOG_BASE=$DATA_HOME/log
RABBITMQ_PID_FILE=$DATA_HOME/pid
RUNNING_UNDER_SYSTEMD=true
ENVIRONMENT
}

rabbitmq_answers() {
    curl --silent --fail --max-time 2 --noproxy '*' --config - --output /dev/null <<CONFIG
url = "http://127.0.0.1:$MANAGEMENT_PORT/api/health/checks/port-listener/$AMQP_PORT"
user = "stateset:$(secret rabbitmq)"
CONFIG
}

await_rabbitmq() { await_ready rabbitmq 90 rabbitmq_answers; }

rabbitmq_version() {
    curl --silent --max-time 2 --noproxy '*' --config - <<CONFIG | jq -r .rabbitmq_version
url = "http://127.0.0.1:$MANAGEMENT_PORT/api/overview"
user = "stateset:$(secret rabbitmq)"
CONFIG
}

# write_rabbitmqctl: a program that runs rabbitmqctl for the private node, as the user that node runs
# as; prints where it is.
write_rabbitmqctl() {
    local file
    file=$(readlink -m "$STACK_HOME/rabbitmq")/rabbitmqctl
    run_as rabbitmq
    {
        printf '#!/usr/bin/env bash\nset -euo pipefail\ncd /\n'
        sed "s/'/'\\\\''/g; s/=\(.*\)/='\1'/; s/^/export /" "$ENV_HOME/rabbitmq"
        printf 'exec %s "$@"\n' "${RUN_AS[*]} $RABBITMQ_PROGRAMS/rabbitmqctl"
    } >"$file"
    chmod 755 "$file"
    printf '%s' "$file"
}
