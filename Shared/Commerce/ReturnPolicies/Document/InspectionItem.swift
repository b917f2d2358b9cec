/// One thing that an inspection has to say of goods, e.g. whether the tags are on.
public struct InspectionItem: Hashable, Sendable {
    /// Names it in answers.
    public var id: String
    /// What whoever inspects reads; an answer says whether it holds.
    public var text: String
    /// The reasons of goods that it is asked of; empty for all goods.
    public var reasons: [String]

    public init(id: String, text: String, reasons: [String] = []) {
        self.id = id
        self.text = text
        self.reasons = reasons
    }

    /// Whether it is asked of goods that came back for this reason.
    public func isAsked(for reason: String?) -> Bool {
        reasons.isEmpty || reasons.contains { $0.lowercased() == reason?.lowercased() }
    }

    static let form = PolicyForm(
        initial: InspectionItem(id: "", text: ""),
        members: [
            PolicyMember("id", \.id, .text, required: true),
            PolicyMember("text", \.text, .text, required: true),
            PolicyMember("reasons", \.reasons, .texts),
        ])

    /// LIMIT: more than anybody goes through for one parcel.
    static let countMax = 50
    /// LIMIT: ids are names of members, texts are a sentence; both are kept with every inspection.
    static let idCharactersMax = 50
    static let textCharactersMax = 200
}

extension ReturnPolicy {
    /// Whether an inspection has to answer anything of goods that came back for this reason.
    public func asksChecklist(for reason: String?) -> Bool {
        inspectionChecklist.contains { $0.isAsked(for: reason) }
    }
}
