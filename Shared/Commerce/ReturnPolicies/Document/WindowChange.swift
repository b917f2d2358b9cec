/// What a rule changes about a zone's window; what it leaves out stays.
public struct WindowChange: Hashable, Sendable {
    public var days: Int?
    public var anchor: ReturnWindow.Anchor?
    public var fallbackDays: Int?
    public var bufferDays: Int?
    public var businessDays: Bool?
    public var undelivered: ReturnWindow.Undelivered?

    public init(days: Int? = nil, anchor: ReturnWindow.Anchor? = nil) {
        self.days = days
        self.anchor = anchor
    }

    static let form = PolicyForm(
        initial: WindowChange(),
        members: [
            PolicyMember(optional: "days", \.days, .windowDays),
            PolicyMember(optional: "anchor", \.anchor, .choice),
            PolicyMember(optional: "fallback_days", \.fallbackDays, .dayCount),
            PolicyMember(optional: "buffer_days", \.bufferDays, .dayCount),
            PolicyMember(optional: "business_days", \.businessDays, .flag),
            PolicyMember(optional: "undelivered", \.undelivered, .choice),
        ])

    public func applied(to window: ReturnWindow) -> ReturnWindow {
        ReturnWindow(
            days: days ?? window.days, anchor: anchor ?? window.anchor,
            fallbackDays: fallbackDays ?? window.fallbackDays, bufferDays: bufferDays ?? window.bufferDays,
            businessDays: businessDays ?? window.businessDays, undelivered: undelivered ?? window.undelivered,
            seasons: window.seasons)
    }
}
