import Commerce
import Postgres
import Testing

@testable import IngestGateway

@Suite("Limits of the gateway")
struct LimitTests {
    private let start = ContinuousClock.now

    @Test("a bucket gives a second's worth at once, then as fast as it fills")
    func bucket() {
        var bucket = TokenBucket(ratePerSecond: 10, at: start)
        let burst = (0..<15).map { _ in bucket.take(ratePerSecond: 10, at: start) }
        #expect(burst.count { $0 } == 10)
        let later = (0..<15).map { _ in bucket.take(ratePerSecond: 10, at: start + .milliseconds(300)) }
        #expect(later.count { $0 } == 3)
    }

    @Test("a bucket left alone holds no more than a second's worth")
    func bucketIsBounded() {
        var bucket = TokenBucket(ratePerSecond: 10, at: start)
        let takes = (0..<15).map { _ in bucket.take(ratePerSecond: 10, at: start + .seconds(3600)) }
        #expect(takes.count { $0 } == 10)
    }

    @Test("one workspace's flood leaves another's rate alone")
    func fairness() {
        let rates = WorkspaceRates { [start] in start }
        let loud = WorkspaceID()
        let flood = (0..<10).map { _ in rates.admits(loud, ratePerSecond: 5) }
        #expect(flood.count { $0 } == 5)
        #expect(rates.admits(WorkspaceID(), ratePerSecond: 5))
    }

    @Test("the quarantine stores so many a minute and counts the rest by kind")
    func quarantine() {
        var budget = QuarantineBudget(at: start)
        let kind = QuarantineBudget.Kind(workspaceID: WorkspaceID(), provider: "shopify", reason: .badSignature)
        let stored = (0..<30).map { _ in budget.admits(kind, at: start) }
        #expect(stored.count { $0 } == QuarantineBudget.storedPerMinute)
        let counted = [budget.takeSuppressed(), budget.takeSuppressed()]
        #expect(counted == [[kind: 10], [:]])
        let isAdmitted = budget.admits(kind, at: start + .seconds(60))
        #expect(isAdmitted)
    }

    @Test("credentials in headers are not kept, whatever their case")
    func headers() {
        let kept = HeaderArchive.redacted([
            ("X-Shopify-Hmac-SHA256", "abc"), ("authorization", "Basic x"), ("X-Webhook-Token", "t"),
            ("Stripe-Signature", "s"), ("Accept", "a"), ("accept", "b"),
        ])
        #expect(kept["accept"] == "a, b")
        #expect(kept.filter { $0.value != HeaderArchive.replacement }.count == 1)
    }

    @Test("whatever a header holds, it is kept as it came", arguments: ["", #"a "quoted" \ é"#, "tab\tline\u{1}", "🧾"])
    func headersAsJSON(_ value: String) throws {
        let headers = ["x-one": value, value: "two"]
        #expect(try HeaderArchive.json(headers).decode() == headers)
    }
}
