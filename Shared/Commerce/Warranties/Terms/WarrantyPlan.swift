/// What is promised for some goods: for how long, against what, and how it is made good.
public struct WarrantyPlan: Hashable, Sendable {
    /// What the term counts from.
    public enum Anchor: String, Hashable, Sendable, CaseIterable, Codable {
        case delivered, ordered
    }

    /// What counts where the anchor is not known.
    public enum Fallback: String, Hashable, Sendable, CaseIterable, Codable {
        case ordered
        /// A person decides.
        case review
    }

    public enum Registration: String, Hashable, Sendable, CaseIterable, Codable {
        case none
        /// Nothing is covered without one.
        case required
        /// One that was made within the term lengthens it to the extended term.
        case extends
    }

    public var id: String
    /// Empty for all goods.
    public var skus: [String] = []
    public var term: CalendarTerm
    public var extendedTerm: CalendarTerm?
    public var anchor: Anchor = .delivered
    public var fallback: Fallback = .ordered
    /// The kinds of problem that are covered.
    public var covers: [String]
    /// Those that are known and not covered.
    public var excludes: [String] = []
    /// In the order in which they are tried.
    public var remedies: [WarrantyRemedy]
    public var registration: Registration = .none
    /// Whether pictures of the fault are asked for.
    public var needsEvidence = false
    /// Whether the goods are sent in and looked at.
    public var comesBack = true
    /// What the customer sends them in with.
    public var label: ReturnLabel = .prepaid
    /// Claims of a greater value are reviewed; nil for no limit.
    public var approvalLimit: ReturnAmount?
    /// How often one unit may be claimed; nil for as often as it breaks.
    public var claimsMax: Int?

    public init(id: String, term: CalendarTerm, covers: [String], remedies: [WarrantyRemedy]) {
        self.id = id
        self.term = term
        self.covers = covers
        self.remedies = remedies
    }

    /// Whether it is about these goods.
    public func isFor(_ sku: String) -> Bool { skus.isEmpty || skus.contains(sku) }

    static let form = PolicyForm(
        initial: WarrantyPlan(id: "", term: .day, covers: [], remedies: []),
        members: [
            PolicyMember("id", \.id, .text, required: true),
            PolicyMember("skus", \.skus, .texts),
            PolicyMember("term", \.term, .term, required: true),
            PolicyMember(optional: "extended_term", \.extendedTerm, .term),
            PolicyMember("anchor", \.anchor, .choice),
            PolicyMember("fallback", \.fallback, .choice),
            PolicyMember("covers", \.covers, .texts, required: true),
            PolicyMember("excludes", \.excludes, .texts),
            PolicyMember("remedies", \.remedies, .list(.choice), required: true),
            PolicyMember("registration", \.registration, .choice),
            PolicyMember("evidence", \.needsEvidence, .flag),
            PolicyMember("comes_back", \.comesBack, .flag),
            PolicyMember("label", \.label, .choice),
            PolicyMember(optional: "approval_limit", \.approvalLimit, .amount),
            PolicyMember(optional: "claims_max", \.claimsMax, .whole(1...1_000)),
        ])
}
