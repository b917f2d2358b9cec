import HTTPTransport

/// What an account at a provider allows.
public struct GateLimits: Sendable, Equatable {
    /// Requests, or points of their cost, that leak out of the provider's bucket.
    public struct Rate: Sendable, Equatable {
        public var perSecond: Double
        /// What the bucket holds.
        public var burst: Double

        public init(perSecond: Double, burst: Double) {
            self.perSecond = perSecond
            self.burst = burst
        }
    }

    public var rate: Rate?
    /// Calls at once.
    public var slots: Int?
    /// Calls in a row that find no working server before calls are held back.
    public var failuresMax: Int

    public init(rate: Rate? = nil, slots: Int? = nil, failuresMax: Int = GateLimits.failuresMaxDefault) {
        self.rate = rate
        self.slots = slots
        self.failuresMax = failuresMax
    }

    // LIMIT: more than a hiccup breaks at once, fewer than would keep a dead server busy with our timeouts.
    public static let failuresMaxDefault = 8
}

extension GateLimits.Rate {
    /// WHY: calls that leave evenly do not arrive evenly; what the provider's bucket keeps free takes that up.
    var withMargin: GateLimits.Rate {
        GateLimits.Rate(perSecond: perSecond, burst: max(1, burst - max(1, burst / 20)))
    }
}

/// One of the ways into an account that has limits of its own, e.g. `shopify/rest`.
public struct GateLane: Sendable {
    public let account: String
    public let limits: GateLimits
    /// What the provider's own answers say of the limits.
    let reading: @Sendable (HTTPResponse) -> GateReading

    public init(
        _ account: String, _ limits: GateLimits,
        reading: @escaping @Sendable (HTTPResponse) -> GateReading = GateReading.init(usual:)
    ) {
        self.account = account
        self.limits = limits
        self.reading = reading
    }
}
