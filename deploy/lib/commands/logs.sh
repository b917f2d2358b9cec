# shellcheck shell=bash

command_logs() {
    local name='' follow='' argument
    local -a files=()
    [[ ! $INTERACTIVE ]] || follow=1
    for argument; do
        case $argument in
            -f | --follow) follow=1 ;;
            *) name=$argument ;;
        esac
    done
    use_stack dev
    [[ ! $name ]] || require_component "$name"
    for argument in ${name:-"${SERVERS[@]}" $(service_names)}; do
        [[ ! -e $LOG_HOME/$argument.log ]] || files+=("$LOG_HOME/$argument.log")
    done
    ((${#files[@]})) || fail "there are no logs yet; 'deploy/dev up' starts the stack"
    exec tail --lines="$([[ $name ]] && printf 200 || printf 20)" ${follow:+--follow=name --retry} "${files[@]}"
}
