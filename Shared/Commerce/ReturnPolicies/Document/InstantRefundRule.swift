/// When a refund is paid without anybody looking at it: after receipt, for goods of this grade that match the order.
public struct InstantRefundRule: Hashable, Sendable {
    /// The grade needed; nil for any.
    public var grade: String?
    /// Whether what came must be what was expected.
    public var matched: Bool

    public init(grade: String? = nil, matched: Bool = true) {
        self.grade = grade
        self.matched = matched
    }

    static let form = PolicyForm(
        initial: InstantRefundRule(),
        members: [
            PolicyMember(optional: "grade", \.grade, .text),
            PolicyMember("matched", \.matched, .flag),
        ])
}
