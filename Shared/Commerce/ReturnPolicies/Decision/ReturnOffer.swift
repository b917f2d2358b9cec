/// What a customer may choose from, and what goes with it.
public struct ReturnOffer: Hashable, Sendable, Codable {
    public var methods: [ReturnMethod]
    public var resolutions: [ReturnResolution]
    public var destination: String?
}

/// Whether a refund may be paid without anybody looking at it.
public struct InstantRefundDecision: Hashable, Sendable, Codable {
    public enum Status: String, Hashable, Sendable, CaseIterable, Codable {
        case allowed
        case notAllowed = "not_allowed"
        /// It depends on the grade or the match, which are not known yet.
        case awaitingInspection = "awaiting_inspection"
    }

    public let status: Status
    /// The id of a rule, or the path of a setting.
    public let rule: String
}
