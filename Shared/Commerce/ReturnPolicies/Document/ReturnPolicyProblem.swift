/// One thing that is wrong with a policy, and what to do about it.
public struct ReturnPolicyProblem: Error, Hashable, Sendable, Codable {
    public enum Severity: String, Hashable, Sendable, Codable {
        /// The policy is refused.
        case error
        /// The policy works, but perhaps not as meant.
        case warning
    }

    public let code: Code
    public let severity: Severity
    /// The id of the rule it lies in; nil outside of rules.
    public let rule: String?
    /// Where it is, as a JSON path in the policy, e.g. `rules[2].then.handling_fee`.
    public let field: String
    /// A sentence that says what is wrong and what to do.
    public let message: String

    public init(_ code: Code, rule: String? = nil, field: String, _ message: String) {
        self.code = code
        severity = code.severity
        self.rule = rule
        self.field = field
        self.message = message
    }
}

extension ReturnPolicyProblem {
    public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        case notJSON = "not_json"
        case wrongType = "wrong_type"
        case unknownMember = "unknown_member"
        case missingMember = "missing_member"
        case badValue = "bad_value"
        case unknownChoice = "unknown_choice"
        case badPercentage = "bad_percentage"
        case badAmount = "bad_amount"
        case badDuration = "bad_duration"
        case badDate = "bad_date"
        case badCountry = "bad_country"
        case unknownTimeZone = "unknown_time_zone"
        case unknownCurrency = "unknown_currency"
        case unknownCondition = "unknown_condition"
        case unknownOperator = "unknown_operator"
        case unknownAction = "unknown_action"
        case unknownTag = "unknown_tag"
        case unknownReason = "unknown_reason"
        case unknownReasonGroup = "unknown_reason_group"
        case unknownGrade = "unknown_grade"
        case unknownZone = "unknown_zone"
        case duplicateID = "duplicate_id"
        case tooMany = "too_many"
        case negativeWindow = "negative_window"
        case emptySeason = "empty_season"
        case noBusinessDay = "no_business_day"
        case overlappingZones = "overlapping_zones"
        case missingZones = "missing_zones"
        case missingDefaultZone = "missing_default_zone"
        case reminderAfterExpiry = "reminder_after_expiry"
        case unsupportedResolution = "unsupported_resolution"
        case noEffect = "no_effect"
        case contradictoryRules = "contradictory_rules"
        case unreachableRule = "unreachable_rule"
        case unreachableAction = "unreachable_action"
        case failingTest = "failing_test"
        case untoldFact = "untold_fact"
        case idleAction = "idle_action"

        public var severity: Severity {
            switch self {
            // WHY: a shop may well take nothing back from countries it does not name.
            case .missingDefaultZone: .warning
            // WHY: the rule still does something; only a part of it never comes to bear.
            case .unreachableAction: .warning
            // WHY: a policy may be written for facts to come; that it does not bite yet must be known.
            case .untoldFact: .warning
            // WHY: the same of what it decides.
            case .idleAction: .warning
            default: .error
            }
        }
    }
}

/// Why a policy was not accepted: all of its problems, errors among them.
public struct ReturnPolicyRefusal: Error, Hashable, Sendable, Codable {
    /// In the order of the document; errors and warnings.
    public let problems: [ReturnPolicyProblem]

    /// The problem to answer with where there is room for one only: the first error.
    public var first: ReturnPolicyProblem? { problems.first { $0.severity == .error } }
}
