import Commerce
import Contracts

/// One unit of a return, by its number within its order line.
struct ReturnUnit: Sendable, Equatable {
    let lineID: String
    let number: Int
    let sku: String
    let title: String
    let reason: String?
    /// Whether the goods do not come back: the customer keeps them, or gives them away.
    let stays: Bool
    /// What it turned out to be; nil while it has not come in.
    var state: ReceiveReturn.State?
    var grade: GoodsGrade?
    var matched: Bool?
    /// How far the policy's checklist is answered; nil where it asks nothing of the unit.
    var checklist: ChecklistState?

    /// Whether the warehouse has what was expected, whole or broken.
    var isHere: Bool { state == .received || state == .damaged }

    /// Whether it is here and somebody has yet to answer the policy's checklist.
    var awaitsChecklist: Bool { isHere && checklist == .open }

    /// Whether nothing more is to be learnt about it.
    var isKnown: Bool { isGraded && !awaitsChecklist }

    /// Whether grade and match are known of what has come in.
    var isGraded: Bool {
        switch state {
        case nil: stays
        case .missing, .wrongItem, .extra: true
        case .received, .damaged: grade != nil && matched != nil
        }
    }
}
