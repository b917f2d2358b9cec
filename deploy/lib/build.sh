# shellcheck shell=bash
# Building, with the compiler's progress shown as it goes.

# A release is linked as the containers' is: most calls are into the Swift runtime, and each costs more through a shared
# library. By `deploy/dev bench` that is 373 six-step sagas a second instead of 259.
build_arguments() { [[ ${STATESET_DEV_RELEASE:-} != 1 ]] || printf '%s\n' -c release --static-swift-stdlib; }

# build_folder: where the executables are.
build_folder() {
    local -a arguments
    mapfile -t arguments < <(build_arguments)
    swift build "${arguments[@]}" --package-path "$CHECKOUT" --show-bin-path
}

# build NAME [ARGUMENT…]: one `swift build`, shown as the step NAME; errors are shown whole.
build() {
    local name=$1 log=$LOG_HOME/build.log
    shift
    local -a arguments
    mapfile -t arguments < <(build_arguments)
    step_begin "$name" "$([[ -d $CHECKOUT/.build ]] || printf 'the first time takes several minutes')"
    if ! swift build "${arguments[@]}" --package-path "$CHECKOUT" "$@" 2>&1 </dev/null | tee "$log" | show_build_progress; then
        [[ ! $INTERACTIVE ]] || printf '\n'
        { grep -E '^(/.*: |)error: ' "$log" || tail -n 20 "$log"; } | awk '!seen[$0]++' | head -n 40 >&2
        fail "the build failed; all of it is in $log"
    fi
    step_done "$(build_mode)"
}

build_mode() { [[ ${STATESET_DEV_RELEASE:-} == 1 ]] && printf 'release' || printf 'debug'; }

# The compiler's steps, "[12/345] …": on a terminal the last; elsewhere every hundredth, so that a log
# shows that it goes on.
show_build_progress() {
    local line count=0
    while IFS= read -r line; do
        [[ $line == \[* ]] || continue
        count=$((count + 1))
        if [[ $INTERACTIVE ]]; then
            step_progress "$line"
        elif ((count % 100 == 0)); then
            printf '    %s\n' "$line"
        fi
    done
}
