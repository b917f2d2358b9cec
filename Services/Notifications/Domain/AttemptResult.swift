import Foundation

/// How one call of an endpoint ended.
struct AttemptResult: Sendable, Equatable {
    enum Verdict: Sendable, Equatable {
        case delivered
        /// It asks never to be called again.
        case gone
        case failed
        /// For a reason that lies with us it was not called: that says nothing of it.
        case putOff
    }

    /// Why it was not called although nothing is wrong with it.
    enum Obstacle: Sendable, Equatable {
        /// All calls there may be are under way.
        case noRoom
        /// We cannot open the secret that it would be signed with.
        case noKey
    }

    var obstacle: Obstacle?

    /// Nil where no answer came.
    var status: Int?
    var latency: Duration
    /// Why no answer came, or why it was not called.
    var error: String?
    /// The beginning of the answer.
    var answer: String?
    var retryAfter: Duration?

    // LIMIT: enough to see what an endpoint complained about.
    static let answerBytesMax = 1024

    /// Source: Standard Webhooks: any 2xx is success, a redirect is none.
    var verdict: Verdict {
        guard obstacle == nil else { return .putOff }
        return switch status {
        case .some(200...299): .delivered
        case .some(410): .gone
        default: .failed
        }
    }

    /// Whether the endpoint as a whole wants fewer calls, not just this one later.
    var isOverload: Bool { status.map([429, 502, 504].contains) ?? false }

    /// In one line.
    var words: String? {
        switch verdict {
        case .delivered: nil
        case .gone, .failed, .putOff: error ?? status.map { "answered \($0)" } ?? "no answer"
        }
    }
}
