# shellcheck shell=bash

command_bench() {
    local tool=$CHECKOUT/.build/release/stateset
    use_stack dev
    [[ -x $tool ]] || fail "the measurements need an optimised build: swift build -c release"
    [[ -s $STACK_HOME/dev.env ]] || fail "the measurements need the running stack: STATESET_DEV_RELEASE=1 deploy/dev up --detach"
    set -a
    # shellcheck source=/dev/null
    source "$STACK_HOME/dev.env"
    set +a
    exec "$tool" dev bench "$@"
}
