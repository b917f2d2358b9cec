/// Why something comes back: a code, and the words customers see.
public struct ReturnReason: Hashable, Sendable {
    /// Whether the customer has to show what is wrong.
    public enum Evidence: String, Hashable, Sendable, CaseIterable, Codable {
        case optional, required
    }

    public var code: String
    public var label: String?
    public var evidence: Evidence

    public init(code: String, label: String? = nil, evidence: Evidence = .optional) {
        self.code = code
        self.label = label
        self.evidence = evidence
    }

    static let form = PolicyForm(
        initial: ReturnReason(code: ""),
        members: [
            PolicyMember("code", \.code, .text, required: true),
            PolicyMember(optional: "label", \.label, .text),
            PolicyMember("evidence", \.evidence, .choice),
        ])

    /// A reason of which nothing else is said is its code alone.
    static let codec = PolicyCodec<ReturnReason>(
        read: { json, readings in
            guard case .text = json else { return form.read(json, &readings) }
            return PolicyCodec.text.read(json, &readings).map { ReturnReason(code: $0) }
        },
        write: { $0 == ReturnReason(code: $0.code) ? .text($0.code) : form.write($0) },
        shape: .either(PolicyCodec.text.shape, form.shape))
}

extension ReturnPolicy {
    /// Whether goods that come back for this reason have to be shown; not where no reason is given.
    public func requiresEvidence(for reason: String?) -> Bool {
        guard let word = reason?.lowercased() else { return false }
        return reasons.contains { $0.evidence == .required && $0.code.lowercased() == word }
    }
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
