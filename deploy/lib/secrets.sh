# shellcheck shell=bash
# Secrets of a stack: made once from the kernel's randomness, one file each, readable by their owner only.

# secret NAME: 32 hex digits, the same on every call.
secret() {
    local file=$SECRET_HOME/$1
    if [[ ! -s $file ]]; then
        (umask 077 && random_hex 16 >"$file.new" && mv "$file.new" "$file")
    fi
    cat "$file"
}

random_hex() { head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }

# encryption_key: the key under which secrets are encrypted at rest, as "key id:base64 of 32 bytes".
encryption_key() {
    local file=$SECRET_HOME/encryption-key
    if [[ ! -s $file ]]; then
        (umask 077 && printf 'dev-1:%s\n' "$(head -c 32 /dev/urandom | base64 -w0)" >"$file")
    fi
    cat "$file"
}
