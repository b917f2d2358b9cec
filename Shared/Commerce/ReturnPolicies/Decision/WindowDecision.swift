/// The window of one line as it was counted; kept with the return, so that it can be told later.
public struct WindowDecision: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable, CaseIterable, Codable {
        case open, closed
        case awaitingDelivery = "awaiting_delivery"
        /// No date to count from is known.
        case unknown
    }

    public var status: Status
    /// What the days count from; another than the window's own where that is not known.
    public var anchor: ReturnWindow.Anchor?
    public var anchorDay: ShopDay?
    /// Whether the anchor stands in for one that is not known.
    public var isFallback: Bool
    /// -1 for ever.
    public var days: Int
    /// The last day, after season and business days; nil for ever or when it is not known.
    public var lastDay: ShopDay?
    /// 23:59:59 of the last day on the shop's clock; that second is still in.
    public var closesAt: Timestamp?
    public var timeZone: String
    /// The season that lengthened it.
    public var season: String?
    public var movedToBusinessDay: Bool
}

extension WindowDecision: Codable {
    enum CodingKeys: String, CodingKey {
        case status, anchor, days, season
        case anchorDay = "anchor_day"
        case isFallback = "is_fallback"
        case lastDay = "last_day"
        case closesAt = "closes_at"
        case timeZone = "time_zone"
        case movedToBusinessDay = "moved_to_business_day"
    }
}
