# shellcheck shell=bash
# System packages: installs what is missing and nothing else. What they bring as system-wide
# services stays stopped, and what was there before is not touched.

readonly POSTGRES_MAJOR_MIN=15
readonly POLICY=/usr/sbin/policy-rc.d
readonly POLICY_MARK='# placed by deploy/dev while it installs packages'

# package and the test that tells whether what we need of it is there, wherever it came from
package_probes() {
    cat <<'TABLE'
rabbitmq-server       test -x /usr/lib/rabbitmq/bin/rabbitmq-server
postgresql            postgres_programs
librabbitmq-dev       header_exists amqp.h
libpq-dev             header_exists libpq-fe.h
libcurl4-openssl-dev  header_exists curl/curl.h
pkg-config            command -v pkg-config
curl                  command -v curl
jq                    command -v jq
openssl               command -v openssl
git                   command -v git
python3               command -v python3
TABLE
}

header_exists() {
    local file
    for file in /usr/include/"$1" /usr/include/*/"$1" /usr/local/include/"$1"; do
        [[ ! -e $file ]] || return 0
    done
    return 1
}

missing_packages() {
    local package probe
    while read -r package probe; do
        $probe >/dev/null 2>&1 || printf '%s\n' "$package"
    done < <(package_probes)
}

ensure_packages() {
    local -a missing
    command -v swift >/dev/null || fail "no Swift toolchain on the PATH; install Swift 6.2 or later from swift.org/install"
    mapfile -t missing < <(missing_packages)
    step_begin "system packages" "${missing[*]:+installing ${missing[*]}}"
    restore_policy
    if ((${#missing[@]} == 0)); then
        step_done "all there"
        return
    fi
    command -v apt-get >/dev/null ||
        fail "not a Debian or Ubuntu system; install what these packages hold, then try again: ${missing[*]}"
    install_packages "${missing[@]}" || fail "apt-get could not install ${missing[*]}; see $LOG_HOME/packages.log"
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]} == 0)) ||
        fail "still missing after the installation: ${missing[*]} (Postgres must be $POSTGRES_MAJOR_MIN or later)"
    step_done "installed"
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        command -v sudo >/dev/null || fail "installing packages needs root; run this as root or install sudo"
        sudo "$@"
    fi
}

install_packages() (
    trap restore_policy EXIT
    [[ ! -e $POLICY ]] || as_root mv "$POLICY" "$POLICY.stateset-saved"
    printf '#!/bin/sh\n%s\nexit 101\n' "$POLICY_MARK" | as_root tee "$POLICY" >/dev/null
    as_root chmod 755 "$POLICY"
    apt_get update
    apt_get install --yes --no-install-recommends --no-upgrade "$@"
    keep_disabled "$@"
)

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
        apt-get -o DPkg::Lock::Timeout=120 "$@" </dev/null >>"$LOG_HOME/packages.log" 2>&1
}

# A service that came with a package of ours does not start with the machine either.
keep_disabled() {
    command -v systemctl >/dev/null || return 0
    [[ " $* " != *" rabbitmq-server "* ]] || as_root systemctl disable rabbitmq-server >/dev/null 2>&1 || :
    [[ " $* " != *" postgresql "* ]] || as_root systemctl disable postgresql >/dev/null 2>&1 || :
}

# restore_policy: takes our policy away, also one that an interrupted run left, and puts back what was there.
restore_policy() {
    grep -qxF "$POLICY_MARK" "$POLICY" 2>/dev/null || return 0
    as_root rm -f "$POLICY"
    [[ ! -e $POLICY.stateset-saved ]] || as_root mv "$POLICY.stateset-saved" "$POLICY"
}
