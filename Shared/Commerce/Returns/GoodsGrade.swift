/// The grade an inspection gives to goods.
public enum GoodsGrade: String, Hashable, Sendable, Codable, CaseIterable {
    case a = "A"
    case b = "B"
    case c = "C"
    case d = "D"

    /// Reads a grade, or the condition of goods in a ticket's words; nil for anything else.
    public init?(condition: String) {
        switch condition {
        case "good": self = .a
        case "fair": self = .b
        case "poor": self = .c
        case "damaged": self = .d
        default: self.init(rawValue: condition)
        }
    }
}
