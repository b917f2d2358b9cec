# shellcheck shell=bash disable=SC2034
# Where everything is: the services, their ports and the folders. The only place with offsets.

# name, offset of its public port ("-": none), offset of its admin port
readonly SERVICES=(
    "provider-simulators   2  12"
    "saga-coordinator      -  16"
    "order-ingest          -  13"
    "fulfillment-dispatch  -  14"
    "tracking              -  15"
    "returns               -  17"
    "notifications         -  18"
    "api                   0  10"
    "ingest-gateway        1  11"
)
# epmd is the port mapper of Erlang, which RabbitMQ runs on.
readonly SERVERS=(postgres epmd rabbitmq)

# Below the ports that Linux hands out to outgoing connections (32768 and up), so that none is ever
# taken by chance. A checkout uses 150 from here: 50 for `up`, 50 for `test`, 50 for `bench`.
readonly PORT_BASE_DEFAULT=24000
readonly PORT_BLOCK=50

readonly STATE_HOME=$CHECKOUT/.stateset
CHECKOUT_HASH=$(printf '%s' "$CHECKOUT" | sha256sum | cut -c1-10)
readonly CHECKOUT_HASH

# use_stack dev|test|bench: points everything at the folders and ports of one of the stacks.
use_stack() {
    STACK=$1
    local base=${STATESET_DEV_PORT_BASE:-$PORT_BASE_DEFAULT}
    if [[ ! $base =~ ^[0-9]{4,5}$ ]] || ((base < 1024 || base > 65400)); then
        fail "STATESET_DEV_PORT_BASE is '$base'; it must be a port between 1024 and 65400"
    fi
    STACK_HOME=$STATE_HOME
    case $STACK in
        test) STACK_HOME=$STATE_HOME/test base=$((base + PORT_BLOCK)) ;;
        bench) STACK_HOME=$STATE_HOME/bench base=$((base + 2 * PORT_BLOCK)) ;;
    esac
    RUN_HOME=$STACK_HOME/run LOG_HOME=$STACK_HOME/logs SECRET_HOME=$STACK_HOME/secrets ENV_HOME=$STACK_HOME/env
    # What runs keeps its ports, whatever the environment says now.
    [[ ! -s $RUN_HOME/port-base ]] || base=$(<"$RUN_HOME/port-base")
    PORT_BASE=$base
    SMTP_PORT=$((base + 3))
    POSTGRES_PORT=$((base + 30)) AMQP_PORT=$((base + 31)) MANAGEMENT_PORT=$((base + 32))
    EPMD_PORT=$((base + 33)) DISTRIBUTION_PORT=$((base + 34))
    CONTROL_PORT_FIRST=$((base + 35)) CONTROL_PORT_LAST=$((base + 49))
}

create_stack_folders() {
    mkdir -p "$RUN_HOME" "$LOG_HOME" "$SECRET_HOME" "$ENV_HOME"
    chmod 700 "$SECRET_HOME" "$ENV_HOME"
}

# lock_stack: one start or stop at a time; held until the process ends or unlock_stack.
lock_stack() {
    exec {STACK_LOCK}>"$STACK_HOME/lock"
    flock --nonblock "$STACK_LOCK" || fail "another deploy/dev is at work in $CHECKOUT; wait for it to end"
}

unlock_stack() { exec {STACK_LOCK}>&-; }

service_names() { printf '%s\n' "${SERVICES[@]}" | awk '{print $1}'; }

# A second replica of a service is the component NAME@2: the same program and role, ports of its own.
readonly REPLICA_MARK=@2
readonly REPLICA_PUBLIC_OFFSET=4 REPLICA_ADMIN_OFFSET=10

# replica_names: the second replicas that STATESET_DEV_REPLICAS asks for, and those that run all the same.
# Tests run the product as it runs elsewhere, with two of everything; the simulators keep their state in memory.
replica_names() {
    local name replicas=${STATESET_DEV_REPLICAS:-$([[ $STACK == test ]] && printf 2 || printf 1)}
    [[ $replicas == [12] ]] || fail "STATESET_DEV_REPLICAS is '$replicas'; it must be 1 or 2"
    for name in $(service_names | grep -vx provider-simulators); do
        if ((replicas == 2)) || [[ -e $RUN_HOME/$name$REPLICA_MARK.supervisor ]]; then
            printf '%s\n' "$name$REPLICA_MARK"
        fi
    done
}

instance_names() { service_names && replica_names; }

service_port() { # NAME public|admin: the port, or nothing
    local column=2 base=$PORT_BASE offset=$REPLICA_PUBLIC_OFFSET
    [[ $2 == public ]] || column=3 offset=$REPLICA_ADMIN_OFFSET
    [[ $1 != *"$REPLICA_MARK" ]] || base=$((base + offset))
    printf '%s\n' "${SERVICES[@]}" |
        awk -v name="${1%"$REPLICA_MARK"}" -v column="$column" -v base="$base" \
            '$1 == name && $column != "-" {print base + $column}'
}

service_url() { printf 'http://127.0.0.1:%s' "$(service_port "$1" "$2")"; }

# require_component NAME: fails with the list when there is no such service or server.
require_component() {
    local name
    for name in "${SERVERS[@]}" $(instance_names); do
        [[ $name != "$1" ]] || return 0
    done
    fail "there is no '$1'; there are: $(instance_names | xargs) ${SERVERS[*]}"
}
