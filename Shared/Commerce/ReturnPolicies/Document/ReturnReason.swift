/// Why something comes back: a code, and the words customers see.
public struct ReturnReason: Hashable, Sendable {
    public var code: String
    public var label: String?

    public init(code: String, label: String? = nil) {
        self.code = code
        self.label = label
    }

    static let form = PolicyForm(
        initial: ReturnReason(code: ""),
        members: [
            PolicyMember("code", \.code, .text, required: true),
            PolicyMember(optional: "label", \.label, .text),
        ])

    /// A reason without a label is its code alone.
    static let codec = PolicyCodec<ReturnReason>(
        read: { json, readings in
            guard case .text = json else { return form.read(json, &readings) }
            return PolicyCodec.text.read(json, &readings).map { ReturnReason(code: $0) }
        },
        write: { $0.label == nil ? .text($0.code) : form.write($0) })
}

/// Reasons that are offered together, e.g. those of shoes; a rule says for which lines.
public struct ReasonGroup: Hashable, Sendable {
    public var id: String
    public var label: String?
    public var reasons: [String]

    public init(id: String, label: String? = nil, reasons: [String]) {
        self.id = id
        self.label = label
        self.reasons = reasons
    }

    static let form = PolicyForm(
        initial: ReasonGroup(id: "", reasons: []),
        members: [
            PolicyMember("id", \.id, .text, required: true),
            PolicyMember(optional: "label", \.label, .text),
            PolicyMember("reasons", \.reasons, .texts, required: true),
        ])
}
