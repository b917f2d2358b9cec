/// What settles whether a line can be returned.
struct LineFinding {
    let reason: LineReason
    /// For the customer.
    let message: String
    /// The id of the rule, where one decided.
    var rule: String?
    /// What else decided: the path of a setting, `order` or `request`.
    var setting: String?
    /// For staff, where more can be said than to the customer.
    var staff: String?
    /// What it rests on.
    var children: [PolicyExplanation] = []

    var ground: String { rule ?? setting ?? "" }

    func explanation(line: String) -> PolicyExplanation {
        let verdict = reason.isEligible ? "can be returned" : "cannot be returned"
        return PolicyExplanation(
            "line \(line)", reason.rawValue, rule: rule, setting: rule == nil ? setting : nil,
            staff: "Line \(line) \(verdict): \(staff ?? message)", customer: message, children: children)
    }
}
