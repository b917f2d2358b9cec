/// Why a policy decided something: what was decided, what decided it, and what that rests on, down to the facts.
public struct PolicyExplanation: Hashable, Sendable, Codable {
    /// What it is about, e.g. `zone`, `line l1`, `window`, `handling_fee`.
    public var subject: String
    /// What was decided, in a word or a value.
    public var result: String
    /// The id of the rule that decided; nil where no rule did.
    public var rule: String?
    /// The setting that decided, as a path in the policy; nil where a rule or a fact did.
    public var setting: String?
    /// What the rule asked, and what it found.
    public var conditions: [ConditionTrace]
    /// A sentence for staff.
    public var staff: String
    /// A sentence for the customer; nil for what is not theirs to see, such as suspicions of fraud.
    public var customer: String?
    public var children: [PolicyExplanation]

    public init(
        _ subject: String, _ result: String, rule: String? = nil, setting: String? = nil,
        conditions: [ConditionTrace] = [], staff: String, customer: String? = nil, children: [PolicyExplanation] = []
    ) {
        self.subject = subject
        self.result = result
        self.rule = rule
        self.setting = setting
        self.conditions = conditions
        self.staff = staff
        self.customer = customer
        self.children = children
    }
}

extension PolicyExplanation {
    /// The whole tree for staff, a line a node, indented by depth.
    public var staffText: String { staffLines(depth: 0).joined(separator: "\n") }

    /// What the customer is told, a sentence a line.
    public var customerText: String { customerLines.joined(separator: "\n") }

    /// The ids of all rules it names.
    public var rules: Set<String> {
        children.reduce(Set([rule].compactMap { $0 })) { $0.union($1.rules) }
    }

    private func staffLines(depth: Int) -> [String] {
        let indent = String(repeating: "  ", count: depth)
        let traces = conditions.map { "\(indent)  \($0.words)" }
        return ["\(indent)\(staff)"] + traces + children.flatMap { $0.staffLines(depth: depth + 1) }
    }

    private var customerLines: [String] {
        [customer].compactMap { $0 } + children.flatMap(\.customerLines)
    }
}
