# shellcheck shell=bash
# What a person reads: one line a step, with how long it took.

if [[ -t 1 ]]; then
    readonly INTERACTIVE=1 BOLD=$'\e[1m' DIM=$'\e[2m' GREEN=$'\e[32m' RED=$'\e[31m' YELLOW=$'\e[33m' PLAIN=$'\e[0m'
else
    readonly INTERACTIVE='' BOLD='' DIM='' GREEN='' RED='' YELLOW='' PLAIN=''
fi

# Where messages go even while a command's own output is redirected.
exec {MESSAGES}>&1

now_ms() {
    local now=${EPOCHREALTIME/[.,]/}
    printf '%s' "$((now / 1000))"
}

# seconds_since MS: "12.3 s", or "3 min 05 s" for what took long.
seconds_since() {
    local elapsed=$(($(now_ms) - $1))
    if ((elapsed >= 60000)); then
        printf '%d min %02d s' $((elapsed / 60000)) $((elapsed / 1000 % 60))
    else
        printf '%d.%d s' $((elapsed / 1000)) $((elapsed / 100 % 10))
    fi
}

headline() { printf '%s%s%s\n\n' "$BOLD" "$1" "$PLAIN"; }

# step_begin NAME [REMARK]: a step that may take a while. Only one runs at a time.
step_begin() {
    STEP_NAME=$1
    STEP_STARTED=$(now_ms)
    if [[ $INTERACTIVE ]]; then
        step_progress "${2:-}"
    elif [[ ${2:-} ]]; then
        printf '  · %-22s %s\n' "$STEP_NAME" "$2"
    fi
}

# step_progress TEXT: replaces what the terminal shows of the running step; elsewhere nothing.
step_progress() {
    [[ $INTERACTIVE ]] || return 0
    local width=$((${COLUMNS:-$(tput cols 2>/dev/null || printf 80)} - 30))
    printf '\r\e[K  %s…%s %-22s %s%s%s' "$YELLOW" "$PLAIN" "$STEP_NAME" "$DIM" "${1:0:$width}" "$PLAIN"
}

# step_done [RESULT]: closes the running step with its result and its time.
step_done() {
    [[ ! $INTERACTIVE ]] || printf '\r\e[K'
    step_result "$STEP_NAME" "$STEP_STARTED" "${1:-done}"
}

step_result() { # NAME STARTED_MS RESULT
    printf '  %s✓%s %-22s %-52s %s%s%s\n' "$GREEN" "$PLAIN" "$1" "$3" "$DIM" "$(seconds_since "$2")" "$PLAIN"
}

remark() { printf '  %s!%s %s\n' "$YELLOW" "$PLAIN" "$1" >&"$MESSAGES"; }

# fail MESSAGE [EXIT_STATUS]: one line saying what is wrong and what to do, then the end.
fail() {
    [[ ! $INTERACTIVE ]] || printf '\r\e[K' >&2
    printf '  %s✗%s %s\n' "$RED" "$PLAIN" "$1" >&2
    exit "${2:-1}"
}
