/// What was found wrong while a policy's JSON is read, and where the reading is at the moment.
struct PolicyReadings {
    private(set) var problems: [ReturnPolicyProblem] = []
    private var path = ""
    private var rule: String?

    /// LIMIT: nobody reads more, and a list of a million bad elements must not make a million sentences.
    static let problemsMax = 200

    mutating func report(_ code: ReturnPolicyProblem.Code, _ message: String) {
        guard problems.count < Self.problemsMax else { return }
        problems.append(ReturnPolicyProblem(code, rule: rule, field: path, message))
    }

    mutating func reportKind(_ expected: String, found: PolicyJSON) {
        report(.wrongType, "Expected \(expected), found \(found.kindName).")
    }

    /// Reads a member of the object at hand.
    mutating func inMember<Value>(_ name: String, _ body: (inout PolicyReadings) -> Value) -> Value {
        within(path.isEmpty ? name : "\(path).\(name)", rule: rule, body)
    }

    /// Reads an element of the list at hand.
    mutating func inElement<Value>(_ index: Int, _ body: (inout PolicyReadings) -> Value) -> Value {
        within("\(path)[\(index)]", rule: rule, body)
    }

    /// Reads something whose problems belong to a rule.
    mutating func inRule<Value>(_ id: String?, _ body: (inout PolicyReadings) -> Value) -> Value {
        within(path, rule: id, body)
    }

    private mutating func within<Value>(
        _ path: String, rule: String?, _ body: (inout PolicyReadings) -> Value
    ) -> Value {
        let outer = (self.path, self.rule)
        (self.path, self.rule) = (path, rule)
        let value = body(&self)
        (self.path, self.rule) = outer
        return value
    }
}
