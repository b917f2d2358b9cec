/// What a workspace takes back, until when, at what price, and who decides.
///
/// A policy that was read from JSON is without errors: `ReturnPolicy.reading` tells what is wrong with one that is not.
public struct ReturnPolicy: Hashable, Sendable {
    /// Given by the store of policies, counted up with every change.
    public var version: Int = 1
    /// The currency of the policy's amounts; nil when they stand for any currency.
    public var currency: Currency?
    public var calendar = ShopCalendar()
    public var zones: [ReturnZone]
    /// Never taken back.
    public var nonReturnable = ItemExclusions()
    /// Not taken back unless a rule lifts it.
    public var finalSale = ItemExclusions()
    /// The reasons customers may give; empty for any.
    public var reasons: [ReturnReason] = []
    public var reasonGroups: [ReasonGroup] = []
    public var rules: [ReturnRule] = []
    public var fees = ReturnMoneySettings()
    /// Grades for which no fees are taken, as for the reasons of `fees`.
    public var feeWaivedGrades: [String] = []
    public var resolutions: [ReturnResolution] = [.originalPayment]
    public var instantRefund: InstantRefundRule?
    /// What an inspection has to answer of goods before their grade counts; empty for nothing.
    public var inspectionChecklist: [InspectionItem] = []
    /// What becomes of goods, by the name of their grade; of one that is not named, the usual.
    public var dispositions: [String: GoodsDisposition] = [:]
    /// What happens before a return is processed, unless a rule says otherwise.
    public var processingEvent: ProcessingEvent = .inspected
    /// How long goods may take to be received after the carrier has brought them.
    public var arrivalWait: Duration?
    /// How long goods may take to be inspected after their receipt.
    public var receiptWait: Duration?
    /// After how long an unused return expires.
    public var expiry: Duration?
    /// When the customer is reminded of it, from its approval.
    public var reminders: [Duration] = []
    /// How far the next charge of a subscription is put off by a pause.
    public var subscriptionPause: Duration?
    /// How long a review may take.
    public var reviewSLA: Duration?
    /// Returns of a greater value are reviewed, and those that a greater amount would go back for; nil for no limit.
    public var approvalLimit: ReturnAmount?
    /// The tags that exist at the shop; nil when the workspace keeps no such list.
    public var knownTags: [String]?
    public var unknownFacts: UnknownFactHandling = .review

    public init(zones: [ReturnZone]) {
        self.zones = zones
    }

    /// LIMIT: rules are compared pair by pair; a shop with more of them needs fewer, not a faster check.
    static let rulesMax = 500
    /// LIMIT: a charge that is put off for longer was meant to be cancelled.
    static let pauseMax = Duration.days(1_000)
    /// LIMIT: every test is run against all rules whenever a policy comes in.
    static let testsMax = 1_000
}

extension ReturnPolicy {
    static let form = PolicyForm(
        initial: ReturnPolicy(zones: []),
        members: [
            PolicyMember("version", \.version, .whole(1...Int(Int32.max))),
            PolicyMember(optional: "currency", \.currency, .currency),
            PolicyMember("calendar", \.calendar, ShopCalendar.form.codec),
            PolicyMember("zones", \.zones, .list(ReturnZone.codec), required: true),
            PolicyMember("non_returnable", \.nonReturnable, ItemExclusions.form.codec),
            PolicyMember("final_sale", \.finalSale, ItemExclusions.form.codec),
            PolicyMember("reasons", \.reasons, .list(ReturnReason.codec)),
            PolicyMember("reason_groups", \.reasonGroups, .list(ReasonGroup.form.codec)),
            PolicyMember("rules", \.rules, .list(ReturnRule.codec)),
            PolicyMember("fees", \.fees, ReturnMoneySettings.form.codec),
            PolicyMember("fee_waived_grades", \.feeWaivedGrades, .texts),
            PolicyMember("resolutions", \.resolutions, .list(.choice)),
            PolicyMember(optional: "instant_refund", \.instantRefund, InstantRefundRule.form.codec),
            PolicyMember("inspection_checklist", \.inspectionChecklist, .list(InspectionItem.form.codec)),
            PolicyMember("dispositions", \.dispositions, .named(.choice)),
            PolicyMember("processing_event", \.processingEvent, .choice),
            PolicyMember(optional: "arrival_wait", \.arrivalWait, .duration),
            PolicyMember(optional: "receipt_wait", \.receiptWait, .duration),
            PolicyMember(optional: "expiry", \.expiry, .duration),
            PolicyMember("reminders", \.reminders, .list(.duration)),
            PolicyMember(optional: "subscription_pause", \.subscriptionPause, .duration),
            PolicyMember(optional: "review_sla", \.reviewSLA, .duration),
            PolicyMember(optional: "approval_limit", \.approvalLimit, .amount),
            PolicyMember(optional: "known_tags", \.knownTags, .texts),
            PolicyMember("unknown_facts", \.unknownFacts, .choice),
        ])
}

/// In the JSON form of the API. Reading refuses what is wrong in form with `ReturnPolicyRefusal`; the checks of meaning
/// are those of `reading`, once, when a policy comes in.
extension ReturnPolicy: Codable {
    public init(from decoder: any Decoder) throws {
        self = try Self.form.decoded(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try Self.form.write(self).encode(to: encoder)
    }
}
