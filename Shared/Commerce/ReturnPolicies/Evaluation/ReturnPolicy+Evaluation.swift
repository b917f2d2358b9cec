extension ReturnPolicy {
    /// Decides about a return that is asked for.
    ///
    /// Guarantees: a pure function of the policy and the facts; answers for every policy and all facts; the order of
    /// the rules plays no part. A fact that is not known neither meets nor fails a condition: a rule that rests on it
    /// does not apply, the explanation says so, and where the rule would refuse or restrict something the return is
    /// reviewed, unless the policy's `unknown_facts` says to go on.
    public func evaluate(_ facts: ReturnFacts) -> ReturnDecision {
        ReturnEvaluation(self, facts).decision
    }
}
