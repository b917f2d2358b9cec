# shellcheck shell=bash
# Processes by identity: a pid together with its start time and boot, so that a number that was
# used again is never taken for ours and never signalled.

BOOT_ID=$(</proc/sys/kernel/random/boot_id)
readonly BOOT_ID

# process_identity PID: "PID START BOOT"; fails when no such process runs.
process_identity() {
    local stat
    local -a fields
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    read -ra fields <<<"${stat##*) }"
    [[ ${fields[0]:-Z} != Z ]] || return 1
    printf '%s %s %s\n' "$1" "${fields[19]}" "$BOOT_ID"
}

# recorded_pid FILE: the pid of the record if that very process still runs.
recorded_pid() {
    local record
    { read -r record <"$1"; } 2>/dev/null || return 1
    [[ $record && $record == "$(process_identity "${record%% *}")" ]] || return 1
    printf '%s\n' "${record%% *}"
}

# uptime_of PID: "2h 05m", "3m 10s" or "12s".
uptime_of() {
    local identity up seconds
    identity=$(process_identity "$1") || return 1
    read -r up _ </proc/uptime
    read -r _ seconds _ <<<"$identity"
    seconds=$((${up%.*} - seconds / $(getconf CLK_TCK)))
    if ((seconds >= 3600)); then
        printf '%dh %02dm' $((seconds / 3600)) $((seconds / 60 % 60))
    elif ((seconds >= 60)); then
        printf '%dm %02ds' $((seconds / 60)) $((seconds % 60))
    else
        printf '%ds' "$seconds"
    fi
}

pause() { # SECONDS, without a process of its own
    [[ ${PAUSE_FD:-} ]] || exec {PAUSE_FD}<> <(:)
    read -rt "$1" -u "$PAUSE_FD" || :
}

# port_is_open PORT: somebody listens there on loopback.
port_is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
