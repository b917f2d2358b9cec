/// What becomes of goods that have come back.
public enum GoodsDisposition: String, Hashable, Sendable, Codable, CaseIterable {
    /// They go into stock and are sold again as they are.
    case restock
    /// They are kept apart until somebody decides.
    case quarantine
    case refurbish, donate, scrap
}

extension GoodsGrade {
    /// What becomes of goods of this grade unless the policy says otherwise.
    public var usualDisposition: GoodsDisposition {
        switch self {
        case .a, .b: .restock
        case .c, .d: .quarantine
        }
    }
}

extension ReturnPolicy {
    /// What becomes of whole goods of this grade that are what was sold.
    public func disposition(of grade: GoodsGrade) -> GoodsDisposition {
        dispositions[grade.rawValue] ?? grade.usualDisposition
    }
}
