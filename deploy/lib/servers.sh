# shellcheck shell=bash
# Starting and stopping supervised processes, be they servers or services.

# What we start carries this mark, so that what an unclean death left behind is found again. The folder's
# number on its disk tells it from one of the same path elsewhere, say in a container.
stack_mark() { printf 'STATESET_STACK=%s:%s' "$(stat -c %d:%i "$STACK_HOME")" "$STACK_HOME"; }

# start_supervised NAME STOP_SIGNAL COMMAND [ARGUMENT…]: its environment is in $ENV_HOME/NAME.
start_supervised() {
    local name=$1 signal=$2
    shift 2
    printf '%s\n' "$(stack_mark)" >>"$ENV_HOME/$name"
    setsid "$CHECKOUT/deploy/lib/supervise" "$name" "$RUN_HOME" "$LOG_HOME/$name.log" "$ENV_HOME/$name" "$signal" "$@" \
        </dev/null >/dev/null 2>&1 {STACK_LOCK}>&- {MESSAGES}>&- &
    disown
    printf '%s\n' "$signal" >"$RUN_HOME/$name.signal"
}

is_running() { recorded_pid "$RUN_HOME/$1.pid" >/dev/null && recorded_pid "$RUN_HOME/$1.supervisor" >/dev/null; }

component_state() { # NAME: running, restarting, unsupervised (its supervisor was killed), misconfigured or stopped
    local supervised='' alive=''
    ! recorded_pid "$RUN_HOME/$1.supervisor" >/dev/null || supervised=1
    ! recorded_pid "$RUN_HOME/$1.pid" >/dev/null || alive=1
    if [[ $supervised && $alive ]]; then
        printf 'running'
    elif [[ $supervised ]]; then
        printf 'restarting'
    elif [[ $alive ]]; then
        printf 'unsupervised'
    elif [[ -s $RUN_HOME/$1.state && $(<"$RUN_HOME/$1.state") == misconfigured ]]; then
        printf 'misconfigured'
    else
        printf 'stopped'
    fi
}

# stop_components NAME…: asks all to stop, then waits for each; kills what does not listen.
stop_components() {
    local name
    for name; do signal_component "$name"; done
    for name; do
        local turn=0
        while recorded_pid "$RUN_HOME/$name.supervisor" >/dev/null || recorded_pid "$RUN_HOME/$name.pid" >/dev/null; do
            pause 0.1
            ((++turn < 300)) || kill_component "$name"
        done
        rm -f "$RUN_HOME/$name".{pid,supervisor,state,restarts,signal}
    done
}

signal_component() {
    local pid
    if pid=$(recorded_pid "$RUN_HOME/$1.supervisor"); then
        kill -TERM "$pid" 2>/dev/null || :
    elif pid=$(recorded_pid "$RUN_HOME/$1.pid"); then
        kill -s "$(cat "$RUN_HOME/$1.signal" 2>/dev/null || printf TERM)" "$pid" 2>/dev/null || :
    fi
}

kill_component() {
    local record pid
    for record in supervisor pid; do
        if pid=$(recorded_pid "$RUN_HOME/$1.$record"); then kill -KILL "$pid" 2>/dev/null || :; fi
    done
}

# sweep_leftovers: ends whatever still carries our mark, e.g. a service whose supervisor was killed.
sweep_leftovers() {
    local pid turn
    local -a pids
    for turn in {1..50}; do
        mapfile -t pids < <(marked_processes)
        ((${#pids[@]})) || return 0
        for pid in "${pids[@]}"; do
            kill -s "$( ((turn < 40)) && printf TERM || printf KILL)" "$pid" 2>/dev/null || :
        done
        pause 0.1
    done
}

marked_processes() {
    grep -lzx -- "$(stack_mark)" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 || :
}

# require_free_port PORT WHAT
require_free_port() {
    ! port_is_open "$1" ||
        fail "port $1 ($2) is taken by another program; move the stack: STATESET_DEV_PORT_BASE=$((PORT_BASE + 1000)) deploy/dev …"
}

# await_ready NAME SECONDS CHECK [ARGUMENT…]: waits until CHECK succeeds.
await_ready() {
    local name=$1 deadline=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        [[ $(component_state "$name") != misconfigured ]] || fail "$name: $(configuration_error "$name")"
        ((SECONDS < deadline)) || fail "$name is not ready; the end of its log: $(tail -n 3 "$LOG_HOME/$name.log" 2>/dev/null)"
        pause 0.1
    done
}

# configuration_error NAME: the last thing it said itself.
configuration_error() { grep -v ' supervise: ' "$LOG_HOME/$1.log" | tail -n 1; }

# run_as USER: sets RUN_AS to the prefix that runs a command as that unprivileged user, or as ourselves.
run_as() {
    RUN_AS=()
    ((EUID != 0)) || RUN_AS=(setpriv "--reuid=$1" "--regid=$1" --init-groups)
}

# prepare_data_folder NAME USER: sets DATA_HOME to a folder that only the server's user can enter.
# A checkout which that user cannot reach (say, below /root), or whose path has blanks, which RabbitMQ
# does not bear, gets a link to a folder in /var/tmp.
prepare_data_folder() {
    local link=$STACK_HOME/$1
    run_as "$2"
    DATA_HOME=$link
    if [[ $STACK_HOME == *[[:space:]]* ]] || ! "${RUN_AS[@]}" test -x "$STACK_HOME"; then
        DATA_HOME=/var/tmp/stateset-$CHECKOUT_HASH/$STACK/$1
        (umask 066 && mkdir -p "/var/tmp/stateset-$CHECKOUT_HASH/$STACK")
        [[ -O /var/tmp/stateset-$CHECKOUT_HASH ]] || fail "/var/tmp/stateset-$CHECKOUT_HASH belongs to somebody else; remove it"
        # Without the link the folder is of a checkout that was there before.
        [[ -L $link ]] || { rm -rf "$DATA_HOME" && ln -s "$DATA_HOME" "$link"; }
    fi
    mkdir -p "$DATA_HOME"
    chmod 700 "$DATA_HOME"
    ((EUID != 0)) || chown "$2:" "$DATA_HOME"
}
