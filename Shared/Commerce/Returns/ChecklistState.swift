/// How far the policy's checklist of an inspection is answered for a unit of returned goods.
public enum ChecklistState: String, Hashable, Sendable, Codable, CaseIterable {
    case open, answered
}
