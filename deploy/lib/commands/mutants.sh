# shellcheck shell=bash
# Planted defects: each patch of Tests/Mutants is applied to a copy of this checkout, which is built and tested. A
# test that does not notice is a test that proves nothing.

mutants_help() {
    cat <<'HELP'
usage: deploy/dev mutants [name…]

Plants the defects of Tests/Mutants one at a time in a copy of this checkout and expects the tests that
each of them names to fail. Without names all are planted. Ends with 1 if one survives, or does not
apply any more.
HELP
}

# More than enough for every defect there is; the first world that goes wrong ends the run.
readonly MUTANT_SEEDS=2000

command_mutants() {
    local name status=0
    local -a names=()
    for name; do
        case $name in
            -h | --help) mutants_help && exit ;;
            *) names+=("${name%.patch}") ;;
        esac
    done
    ((${#names[@]})) || mapfile -t names < <(mutant_names)
    use_stack dev
    MUTANT_HOME=$STATE_HOME/mutants
    MUTANT_COPY=$MUTANT_HOME/copy
    mkdir -p "$MUTANT_COPY"
    headline "StateSet mutants"
    copy_checkout
    expect_sound "${names[@]}"
    printf '\n'
    for name in "${names[@]}"; do try_mutant "$name" || status=1; done
    copy_checkout
    exit "$status"
}

mutant_names() { for patch in "$CHECKOUT"/Tests/Mutants/*.patch; do basename "$patch" .patch; done; }

# copy_checkout: only what differs is written, so that the copy's build goes on from where it was.
copy_checkout() {
    local path
    while IFS= read -r -d '' path; do
        [[ -f $CHECKOUT/$path ]] || continue
        cmp --silent "$CHECKOUT/$path" "$MUTANT_COPY/$path" && continue
        mkdir -p "$(dirname "$MUTANT_COPY/$path")"
        cp --preserve=mode "$CHECKOUT/$path" "$MUTANT_COPY/$path"
    done < <(checkout_files)
    while IFS= read -r -d '' path; do
        [[ -f $CHECKOUT/$path ]] || rm -f "$MUTANT_COPY/$path"
    done < <(cd "$MUTANT_COPY" && find . -name '.?*' -prune -o -type f -printf '%P\0')
}

checkout_files() { git -C "$CHECKOUT" ls-files --cached --others --exclude-standard -z; }

# expect_sound NAME…: what would also fail without a defect catches nothing.
expect_sound() {
    local name tests status
    local -A seen=()
    for name; do
        tests=$(mutant_tests "$name")
        [[ ! ${seen[$tests]:-} ]] || continue
        seen[$tests]=1
        step_begin "without a defect" "$tests"
        status=0
        MUTANT_LOG=$MUTANT_HOME/sound.log
        run_mutant_tests "$tests" || status=$?
        [[ $status != "$MUTANT_DOES_NOT_BUILD" ]] || fail "the checkout does not build; see $MUTANT_LOG"
        [[ $status == 0 ]] || fail "the tests '$tests' fail without a defect; see $MUTANT_LOG"
        step_done "$tests passes"
    done
}

# mutant_tests NAME: `simulation`, or `test FILTER`.
mutant_tests() {
    local patch=$CHECKOUT/Tests/Mutants/$1.patch tests
    [[ -f $patch ]] || fail "there is no mutant '$1'; 'ls Tests/Mutants' lists them"
    tests=$(sed -n 's/^Caught by: //p' "$patch")
    [[ $tests == simulation || $tests == 'test '?* ]] || fail "$1.patch does not say what catches it"
    printf '%s' "$tests"
}

# try_mutant NAME: whether it is caught.
try_mutant() {
    local name=$1 tests started status=0
    tests=$(mutant_tests "$name")
    started=$(now_ms)
    MUTANT_LOG=$MUTANT_HOME/$name.log
    if ! apply_mutant "$name" 2>"$MUTANT_LOG"; then
        mutant_line "$RED✗$PLAIN" "$name" "does not apply any more" "$started"
        return 1
    fi
    run_mutant_tests "$tests" || status=$?
    apply_mutant "$name" --reverse
    case $status in
        0) mutant_line "$RED✗$PLAIN" "$name" "survives $tests" "$started" ;;
        "$MUTANT_DOES_NOT_BUILD") mutant_line "$RED✗$PLAIN" "$name" "does not build" "$started" ;;
        "$MUTANT_BREAKS_THE_RUN") mutant_line "$RED✗$PLAIN" "$name" "no test ran to its end" "$started" ;;
        *) mutant_line "$GREEN✓$PLAIN" "$name" "caught by $tests" "$started" && return 0 ;;
    esac
    return 1
}

# The copy lies within this checkout, of whose repository `git apply` must know nothing.
apply_mutant() { # NAME [OPTION…]
    (cd "$MUTANT_COPY" && GIT_CEILING_DIRECTORIES=$MUTANT_HOME git apply "${@:2}" "$CHECKOUT/Tests/Mutants/$1.patch")
}

mutant_line() { printf '  %s %-36s %-38s %s%s%s\n' "$1" "$2" "$3" "$DIM" "$(seconds_since "$4")" "$PLAIN"; }

readonly MUTANT_DOES_NOT_BUILD=99 MUTANT_BREAKS_THE_RUN=98

# run_mutant_tests TESTS: 0 where they pass, 1 where one of them says what is wrong, else one of the two above.
run_mutant_tests() {
    case $1 in
        simulation) simulate_mutant ;;
        'test '*) test_mutant "${1#test }" ;;
    esac
}

simulate_mutant() {
    swift build --package-path "$MUTANT_COPY" --product simulation >"$MUTANT_LOG" 2>&1 </dev/null ||
        return "$MUTANT_DOES_NOT_BUILD"
    "$MUTANT_COPY/.build/debug/simulation" --seeds "$MUTANT_SEEDS" --until-failure >>"$MUTANT_LOG" 2>&1 ||
        expect_words ' seeds failed$'
}

# On servers of its own, whose ports are beyond those of this checkout.
test_mutant() {
    swift build --package-path "$MUTANT_COPY" --build-tests >"$MUTANT_LOG" 2>&1 </dev/null ||
        return "$MUTANT_DOES_NOT_BUILD"
    STATESET_DEV_PORT_BASE=$((${STATESET_DEV_PORT_BASE:-$PORT_BASE_DEFAULT} + 3 * PORT_BLOCK)) \
        "$MUTANT_COPY/deploy/dev" test "$1" >>"$MUTANT_LOG" 2>&1 </dev/null || expect_words '^✘ Test '
}

# expect_words PATTERN: a run that failed for another reason, as servers that did not start, has caught nothing.
expect_words() {
    grep -q -e "$1" "$MUTANT_LOG" || return "$MUTANT_BREAKS_THE_RUN"
    return 1
}
