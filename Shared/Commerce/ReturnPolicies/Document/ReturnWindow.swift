/// How long something may be returned, and from when that is counted.
///
/// The window ends at 23:59:59 of its last day on the shop's clock; that second is still in.
public struct ReturnWindow: Hashable, Sendable {
    public enum Anchor: String, Hashable, Sendable, CaseIterable, Codable {
        /// Counted from the delivery of the last unit of the line.
        case delivered
        /// Counted from fulfilment plus `bufferDays`.
        case fulfilled
        case ordered
    }

    /// What is true of a parcel whose delivery is not known yet.
    public enum Undelivered: String, Hashable, Sendable, CaseIterable, Codable {
        /// It may be returned; the days count from fulfilment plus `fallbackDays`.
        case fallback
        /// It may not be returned until it is delivered, or until `fallbackDays` after fulfilment have passed.
        case block
    }

    /// Days after the day of the anchor; `unlimitedDays` for ever, 0 for the same day only.
    public var days: Int
    public var anchor: Anchor
    /// Days of transit that stand in for an unknown delivery.
    public var fallbackDays: Int
    /// Days added to the fulfilment where that is the anchor.
    public var bufferDays: Int
    /// Whether a last day that is no business day moves to the next one.
    public var businessDays: Bool
    public var undelivered: Undelivered
    public var seasons: [SeasonalWindow]

    public init(
        days: Int, anchor: Anchor = .delivered, fallbackDays: Int = 0, bufferDays: Int = 0,
        businessDays: Bool = false, undelivered: Undelivered = .fallback, seasons: [SeasonalWindow] = []
    ) {
        self.days = days
        self.anchor = anchor
        self.fallbackDays = fallbackDays
        self.bufferDays = bufferDays
        self.businessDays = businessDays
        self.undelivered = undelivered
        self.seasons = seasons
    }

    /// Shopify writes an infinite window this way too.
    public static let unlimitedDays = -1
    /// LIMIT: a hundred years; longer is unlimited.
    public static let daysMax = 36_500

    public var isUnlimited: Bool { days == Self.unlimitedDays }

    static let form = PolicyForm(
        initial: ReturnWindow(days: 30),
        members: [
            PolicyMember("days", \.days, .windowDays, required: true),
            PolicyMember("anchor", \.anchor, .choice),
            PolicyMember("fallback_days", \.fallbackDays, .dayCount),
            PolicyMember("buffer_days", \.bufferDays, .dayCount),
            PolicyMember("business_days", \.businessDays, .flag),
            PolicyMember("undelivered", \.undelivered, .choice),
            PolicyMember("seasons", \.seasons, .list(SeasonalWindow.form.codec)),
        ])
}

extension PolicyCodec where Value == Int {
    static var dayCount: PolicyCodec { .whole(0...ReturnWindow.daysMax, orElse: .negativeWindow) }

    /// The days of a window: a number, -1 or `"unlimited"`; written as a number.
    static var windowDays: PolicyCodec {
        let days = PolicyCodec.whole(ReturnWindow.unlimitedDays...ReturnWindow.daysMax, orElse: .negativeWindow)
        return PolicyCodec(
            read: { $0 == .text("unlimited") ? ReturnWindow.unlimitedDays : days.read($0, &$1) }, write: days.write,
            shape: .either(days.shape, .choice(["unlimited"])))
    }
}
