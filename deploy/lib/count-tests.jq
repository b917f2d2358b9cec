# From the event streams of test runs: "passed failed skipped real", counting test functions.

def test_ids(kind): [.[] | select(.kind == "event" and .payload.kind == kind) | .payload.testID] | unique;

def declared(kind): [.[] | select(.kind == "test" and .payload.kind == kind) | .payload];

def is_failure: .kind == "event" and .payload.kind == "issueRecorded" and .payload.issue.isKnown != true
    and (.payload.issue._severity // "error") == "error";

def needs_servers: (._tags // [] | any(IN(".postgres", ".rabbitmq", ".endToEnd")))
    or (.sourceLocation._filePath | IN($needing_servers[]));

(declared("function") | map({(.id): .}) | add // {}) as $tests
| [declared("suite")[] | select(needs_servers) | .id + "/"] as $suites
| (test_ids("testStarted") | map(select(in($tests)))) as $started
| (test_ids("testSkipped") | map(select(in($tests)))) as $skipped
| [.[] | select(is_failure) | .payload.testID] as $issues
# A test that began and never ended took the whole run down with it.
| ($started - test_ids("testEnded") + ($started - ($started - $issues)) | unique) as $failed
| ($started - $failed) as $passed
| [$passed[] | select(($tests[.] | needs_servers) or (. as $id | any($suites[]; . as $suite | $id | startswith($suite))))] as $real
| "\($passed | length) \($failed | length) \($skipped - $started | length) \($real | length)"
