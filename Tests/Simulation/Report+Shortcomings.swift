import Sagas

extension Report {
    /// What these worlds did not show, in proportion: ten thousand seeds must hold each fault a thousand times.
    public var shortcomings: [String] {
        let leastFaults = seeds / 10
        var missing = Fault.allCases.filter { (tally.faults[$0] ?? 0) < leastFaults }
            .map { "\($0.rawValue): \(tally.faults[$0] ?? 0) times, less than \(leastFaults)" }
        missing += SagaStatus.allCases.filter { tally.statuses[$0] == nil }.map { "never \($0.rawValue)" }
        missing += SagaVerb.allCases.filter { tally.verbs[$0] == nil }.map { "no \($0.rawValue) was carried out" }
        missing += SagaStep.Kind.allCases.filter { tally.operations[$0] == nil }.map { "no operation \($0.rawValue)" }
        if tally.meanSteps < 8 { missing.append("sagas take \(tally.meanSteps) steps on average, less than 8") }
        return missing
    }
}
