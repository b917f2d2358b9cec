/// One webhook a provider owes to the platform, signed when it happened and never changed afterwards.
struct OutgoingWebhook: Sendable {
    var provider: String
    var topic: String
    /// The same for every retry.
    var deliveryID: String
    var url: String
    var headers: [SimulatedRequest.Field]
    var body: [UInt8]
    var retries: RetrySchedule
}

/// The waits between the attempts of one delivery.
struct RetrySchedule: Sendable, Equatable {
    let waits: [Duration]
    let last: Duration?
    let attemptsMax: Int

    /// Shopify: eight retries over four hours, exponential.
    static let shopify = RetrySchedule(
        waits: [1, 4, 16, 64, 256, 1024, 4096, 8192].map { .seconds($0) }, last: nil, attemptsMax: 9)

    /// The warehouse: 1, 2, 4 … 60 seconds, for a day.
    static let dcl = RetrySchedule(
        waits: [1, 2, 4, 8, 16, 32].map { .seconds($0) }, last: .seconds(60), attemptsMax: 1_440)

    /// How long to wait after the given number of failed attempts; nil when it is over.
    func wait(afterAttempts attempts: Int) -> Duration? {
        guard attempts < attemptsMax else { return nil }
        return attempts <= waits.count ? waits[attempts - 1] : last
    }
}
