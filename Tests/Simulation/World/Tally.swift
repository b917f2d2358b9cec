import Sagas

/// What happened in one world, or in many.
public struct Tally: Sendable {
    public var faults: [Fault: Int] = [:]
    /// Verbs that were carried out.
    public var verbs: [SagaVerb: Int] = [:]
    /// Commits that left a saga in a status it was not in before.
    public var statuses: [SagaStatus: Int] = [:]
    /// How sagas ended when nothing more happened.
    public var finalStatuses: [SagaStatus: Int] = [:]
    public var operations: [SagaStep.Kind: Int] = [:]
    public var sagas = 0
    public var steps = 0
    public var activations = 0

    public var meanSteps: Double { sagas == 0 ? 0 : Double(steps) / Double(sagas) }

    public static func += (left: inout Tally, right: Tally) {
        left.faults.merge(right.faults, uniquingKeysWith: +)
        left.verbs.merge(right.verbs, uniquingKeysWith: +)
        left.statuses.merge(right.statuses, uniquingKeysWith: +)
        left.finalStatuses.merge(right.finalStatuses, uniquingKeysWith: +)
        left.operations.merge(right.operations, uniquingKeysWith: +)
        left.sagas += right.sagas
        left.steps += right.steps
        left.activations += right.activations
    }
}
