/// What the terms say to a claim.
public struct WarrantyCoverage: Hashable, Sendable {
    public enum Outcome: String, Hashable, Sendable, CaseIterable, Codable {
        case approved
        /// A person decides; `reasons` says about what.
        case inReview = "in_review"
        case rejected
    }

    public var outcome: Outcome
    /// Nil for goods that nothing is promised for.
    public var plan: String?
    /// The first and the last day that are covered; nil where they are not known.
    public var startsOn, endsOn: ShopDay?
    /// Nil where a person has to say.
    public var covered: Bool?
    /// Why it is not simply approved; empty when it is.
    public var reasons: [WarrantyReason]
    /// What may help, in the order in which it is tried: what was wished first.
    public var remedies: [WarrantyRemedy]
    public var termsVersion: Int

    public init(
        outcome: Outcome, plan: String?, startsOn: ShopDay? = nil, endsOn: ShopDay? = nil, covered: Bool?,
        reasons: [WarrantyReason] = [], remedies: [WarrantyRemedy] = [], termsVersion: Int
    ) {
        self.outcome = outcome
        self.plan = plan
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.covered = covered
        self.reasons = reasons
        self.remedies = remedies
        self.termsVersion = termsVersion
    }
}

extension WarrantyCoverage: Codable {
    public enum CodingKeys: String, CodingKey {
        case outcome, plan, covered, reasons, remedies
        case startsOn = "starts_on"
        case endsOn = "ends_on"
        case termsVersion = "terms_version"
    }
}

/// Why a claim is not simply approved.
public struct WarrantyReason: Hashable, Sendable, Codable {
    public enum Code: String, Hashable, Sendable, CaseIterable, Codable {
        case noPlan = "no_plan"
        case unknownProblem = "unknown_problem"
        case problemExcluded = "problem_excluded"
        case registrationRequired = "registration_required"
        case evidenceRequired = "evidence_required"
        case remedyNotOffered = "remedy_not_offered"
        case claimsExhausted = "claims_exhausted"
        case expired
        case startUnknown = "start_unknown"
        case unverifiedProof = "unverified_proof"
        case boughtElsewhere = "bought_elsewhere"
        case overApprovalLimit = "over_approval_limit"
        case valueUnknown = "value_unknown"
        case currencyDiffers = "currency_differs"

        /// The member of a request that it is about.
        public var field: String {
            switch self {
            case .unknownProblem, .problemExcluded: "problem"
            case .registrationRequired, .unverifiedProof, .boughtElsewhere: "registration_id"
            case .evidenceRequired: "evidence"
            case .remedyNotOffered: "remedy"
            case .noPlan: "sku"
            case .claimsExhausted, .expired, .startUnknown, .overApprovalLimit, .valueUnknown, .currencyDiffers:
                "order_id"
            }
        }
    }

    public let code: Code
    /// A sentence that may be told to the customer.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
