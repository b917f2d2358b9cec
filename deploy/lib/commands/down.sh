# shellcheck shell=bash

command_down() {
    [[ $# -eq 0 ]] || fail "down takes no arguments"
    use_stack dev
    if [[ ! -d $RUN_HOME ]]; then
        printf '%s\n' "Nothing is running."
        return
    fi
    lock_stack
    if [[ ! $(stack_components_running) && ! $(marked_processes) ]]; then
        rm -f "$RUN_HOME/port-base"
        printf '%s\n' "Nothing is running."
        return
    fi
    step_begin "stopping" "services, then the servers"
    stop_stack
    step_done "everything; the data stays in .stateset/"
}
