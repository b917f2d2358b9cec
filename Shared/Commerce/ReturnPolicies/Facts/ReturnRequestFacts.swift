/// Who asks for a return, and where.
public enum ReturnChannel: String, Hashable, Sendable, CaseIterable, Codable {
    case portal, api, ticket, agent, staff
}

/// What is asked to be returned, and how.
public struct ReturnRequestFacts: Hashable, Sendable {
    public struct Line: Hashable, Sendable {
        public var lineID: String
        public var quantity: Int
        public var reason: String?
        /// Known after inspection.
        public var grade: String?
        /// Whether what came is what was expected; known after inspection.
        public var matched: Bool?
        /// Pictures that show what is wrong.
        public var evidenceCount: Int

        public init(
            lineID: String, quantity: Int, reason: String? = nil, grade: String? = nil, matched: Bool? = nil,
            evidenceCount: Int = 0
        ) {
            self.lineID = lineID
            self.quantity = quantity
            self.reason = reason
            self.grade = grade
            self.matched = matched
            self.evidenceCount = evidenceCount
        }
    }

    public var lines: [Line]
    public var method: ReturnMethod?
    public var resolution: ReturnResolution?
    public var channel: ReturnChannel?
    /// The country the goods are sent from; where it is nil, the one the order was shipped to.
    public var shipFromCountry: String?
    public var highFraudRisk: Bool?
    public var restockLocation: String?

    public init(lines: [Line]) {
        self.lines = lines
    }
}
