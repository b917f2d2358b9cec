import Foundation

/// A policy as it came in, and everything that is wrong with it.
public struct ReturnPolicyReading: Sendable {
    /// What could be read; nil when it was not even an object.
    public let policy: ReturnPolicy?
    /// In the order of reading: form first, then meaning.
    public let problems: [ReturnPolicyProblem]

    public var errors: [ReturnPolicyProblem] { problems.filter { $0.severity == .error } }
    public var warnings: [ReturnPolicyProblem] { problems.filter { $0.severity == .warning } }

    /// The policy if nothing is wrong with it but warnings; throws `ReturnPolicyRefusal`.
    public func accepted() throws(ReturnPolicyRefusal) -> ReturnPolicy {
        guard let policy, errors.isEmpty else { throw ReturnPolicyRefusal(problems: problems) }
        return policy
    }
}

extension ReturnPolicy {
    /// Reads a policy and finds everything that is wrong with it, in form and in meaning, at once.
    ///
    /// A rule that could not be read whole is left out of the comparison with other rules.
    public static func reading(_ json: Data) -> ReturnPolicyReading {
        guard let value = try? JSONDecoder().decode(PolicyJSON.self, from: json) else {
            let problem = ReturnPolicyProblem(.notJSON, field: "", "The policy is no JSON; send one JSON object.")
            return ReturnPolicyReading(policy: nil, problems: [problem])
        }
        return reading(value)
    }

    static func reading(_ json: PolicyJSON) -> ReturnPolicyReading {
        var readings = PolicyReadings()
        guard let policy = form.read(json, &readings) else {
            return ReturnPolicyReading(policy: nil, problems: readings.problems)
        }
        let unreadable = Set(readings.problems.compactMap(\.rule))
        // WHY: what could not be read was reported where it stands; what follows from its absence is no news.
        let meaning = PolicyAnalysis(policy, withoutRules: unreadable).problems.filter { problem in
            !readings.problems.contains { $0.field.hasPrefix(problem.field) }
        }
        return ReturnPolicyReading(policy: policy, problems: readings.problems + meaning)
    }

    /// Everything that is wrong with what the policy means.
    public var problems: [ReturnPolicyProblem] { PolicyAnalysis(self).problems }

    /// Warnings about what it asks and nothing tells yet.
    public var untold: [ReturnPolicyProblem] { PolicyAnalysis(self).untold }

    /// Warnings about what it decides and nothing carries out yet.
    public var idle: [ReturnPolicyProblem] { PolicyAnalysis(self).idle }
}
